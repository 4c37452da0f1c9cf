import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { createLogger } from '#infra/log.ts'
import { createEmbeddedProvider } from './embedded-provider.ts'
import type { ProviderRun } from './image-provider.ts'
import { STEPS, type Step } from './model.ts'

const PERSON = readFileSync(new URL('../../../seeds/people/aida-front-tshirt.jpg', import.meta.url))
const GARMENT = readFileSync(
  new URL('../../../seeds/pictures/futbolka-oversize-terrakota-1.webp', import.meta.url),
)

const provider = createEmbeddedProvider(createLogger({ level: 'silent' }))
afterAll(() => provider.close())

/** A run that remembers its steps. */
function recordedRun(): ProviderRun & { steps: Step[] } {
  const steps: Step[] = []
  return {
    steps,
    signal: new AbortController().signal,
    timeout_ms: 60_000,
    onStep: (step) => steps.push(step),
  }
}

test('a try-on reports its six steps in order and hands back the cut, with which the next one works as well', async () => {
  const first = recordedRun()
  const painted = await provider.tryOn(
    { person: PERSON, garment: GARMENT, garment_cut: null, side_max: 768 },
    first,
  )
  if (painted.outcome !== 'painted') throw new Error(painted.code)
  expect(first.steps).toEqual([...STEPS])
  expect([painted.width, painted.height]).toEqual([512, 768])
  expect(painted.garment_cut?.facts.kind).toBe('top')
  const again = await provider.tryOn(
    { person: PERSON, garment: GARMENT, garment_cut: painted.garment_cut, side_max: 768 },
    recordedRun(),
  )
  expect(again).toMatchObject({ outcome: 'painted', garment_cut: null })
})

test('a photo without a person is refused with advice, not painted', async () => {
  const outcome = await provider.tryOn(
    { person: GARMENT, garment: GARMENT, garment_cut: null, side_max: 768 },
    recordedRun(),
  )
  expect(outcome).toEqual({ outcome: 'refused', code: 'no_person' })
})

test('words without a garment are refused; words with one say what was understood and what was not', async () => {
  const words = { locale: 'ru', aspect_ratio: '2:3', width: 512, seed: 7, person: null } as const
  expect(await provider.generate({ ...words, prompt: 'квантовая гравитация' }, recordedRun())).toEqual({
    outcome: 'refused',
    code: 'nothing_understood',
  })
  const painted = await provider.generate(
    { ...words, prompt: 'синее платье для квантовой гравитации' },
    recordedRun(),
  )
  if (painted.outcome !== 'painted') throw new Error(painted.code)
  expect([painted.width, painted.height]).toEqual([512, 768])
  expect(painted.understood?.words.map(({ word }) => word)).toEqual(['синее', 'платье'])
  expect(painted.understood?.ignored).toEqual(['квантовой', 'гравитации'])
})

test('contract 2.10: words with a photo dress that person; what cannot be tried on is refused', async () => {
  const words = { locale: 'ru', aspect_ratio: '2:3', width: 768, seed: 7, person: PERSON } as const
  const painted = await provider.generate({ ...words, prompt: 'красный свитер' }, recordedRun())
  expect(painted).toMatchObject({ outcome: 'painted', width: 512, height: 768 })
  const refused = await provider.generate({ ...words, prompt: 'красное платье' }, recordedRun())
  expect(refused).toEqual({ outcome: 'refused', code: 'garment_kind_unsupported' })
})
