import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { hugePng } from '../raster/test-support.ts'
import { startEngine } from './client.ts'
import { EngineFailure } from './failure.ts'
import { EngineRefusal } from './refusal.ts'
import { drawnCut, drawTop, stripedTee } from './test-garments.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const engine = startEngine({ logger: quiet })
const people = path.resolve(import.meta.dirname, '../../../../seeds/people')

afterAll(() => engine.close())

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) =>
      error instanceof EngineRefusal || error instanceof EngineFailure
        ? error.code
        : `unexpected: ${String(error)}`,
  )

describe('the real engine process', () => {
  it('answers hostile input with a refusal and stays alive', async () => {
    const jpeg = await sharp({ create: { width: 500, height: 700, channels: 3, background: '#ccc' } })
      .jpeg()
      .toBuffer()
    const garment = await drawTop(stripedTee)
    const person = async (bytes: Uint8Array): Promise<string> =>
      codeOf(engine.run('try_on', { person: bytes, garment, side_max: 512 }))
    expect(await person(new Uint8Array())).toBe('image_unreadable')
    expect(await person(jpeg.subarray(0, jpeg.length / 2))).toBe('image_unreadable')
    expect(await person(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'))).toBe(
      'image_unreadable',
    )
    expect(await person(Buffer.from('<html><img src=x></html>'))).toBe('image_unreadable')
    expect(await person(hugePng(30_000, 30_000))).toBe('image_too_large')
    expect(await person(jpeg)).toBe('no_person')
    expect(await person(garment)).toMatch(/^(no_person|face_hidden|arms_hidden)$/)
    expect(await codeOf(engine.run('cut_garment', { image: hugePng(30_000, 30_000) }))).toBe(
      'image_too_large',
    )
    expect(engine.status().pid).not.toBeNull()
  }, 120_000)

  it('makes a try-on, names its steps in order and stays under 700 MB', async () => {
    const photo = await readFile(path.join(people, 'aida-front-tshirt.jpg'))
    const steps: string[] = []
    const request = { person: new Uint8Array(photo), garment: await drawTop(stripedTee), side_max: 768 }
    const answer = await engine.run('try_on', request, { on_step: (step) => steps.push(step) })
    expect(steps).toEqual([
      'reading_photo',
      'finding_person',
      'cutting_garment',
      'fitting',
      'shading',
      'finishing',
    ])
    const meta = await sharp(answer.image).metadata()
    expect([meta.format, meta.width, meta.height]).toEqual(['webp', answer.width, answer.height])
    expect(Math.max(answer.width, answer.height)).toBe(768)
    expect(answer.change_mask_share).toBeGreaterThan(0.08)
    expect(answer.change_mask_share).toBeLessThan(0.4)
    expect(answer.cut.outline?.sleeve_left).not.toBeNull()
    expect(engine.status().rss_bytes).toBeLessThan(700 * 1024 * 1024)
  }, 60_000)

  it('fails the job with a name when it is killed in the middle, and does the next one', async () => {
    const person = new Uint8Array(await readFile(path.join(people, 'aida-front-tshirt.jpg')))
    const garment = await drawnCut(stripedTee)
    const killed = engine.run(
      'try_on',
      { person, garment, side_max: 512 },
      {
        on_step: (step) => {
          if (step === 'fitting') process.kill(engine.status().pid ?? 0, 'SIGKILL')
        },
      },
    )
    expect(await codeOf(killed)).toBe('engine_crashed')
    expect(await codeOf(engine.run('try_on', { person, garment, side_max: 512 }))).toBe('done')
  }, 60_000)
})
