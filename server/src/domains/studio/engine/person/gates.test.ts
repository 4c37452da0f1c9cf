import { describe, expect, it } from 'vitest'
import { newPlane, planeLike } from '../../raster/types.ts'
import { type AdviceLanguage, advice } from '../advice.ts'
import { refusalCodes } from '../refusal.ts'
import { countPeople, type Measures, refusalFor } from './gates.ts'
import { mapClasses } from './parse.ts'

/** A person standing well: the middle of what usable pictures measure. */
const good: Measures = {
  person_share: 0.33,
  face_share: 0.05,
  clothes_share: 0.78,
  people: 1,
  shoulder_px: 170,
  shoulder_to_torso: 0.71,
  shoulder_to_face: 2.2,
  facing: 1,
  elbow_visibility: 0.98,
  hips_inside: 1,
  upright: 1,
  thigh_to_torso: 1,
  arms_crossed: 0,
}

describe('gates', () => {
  it('let a standing person pass, also at the edges of what was measured', () => {
    expect(refusalFor(good)).toBeNull()
    expect(refusalFor({ ...good, shoulder_to_torso: 0.58, shoulder_to_face: 1.75 })).toBeNull()
    expect(
      refusalFor({ ...good, shoulder_to_torso: 0.81, shoulder_to_face: 2.66, thigh_to_torso: 0.69 }),
    ).toBeNull()
  })

  const cases: [string, Partial<Measures>, string][] = [
    ['an empty scene', { person_share: 0.005 }, 'no_person'],
    ['clothes without anybody in them', { face_share: 0, elbow_visibility: 0.05 }, 'no_person'],
    ['two people', { people: 2 }, 'several_people'],
    ['somebody far away', { shoulder_px: 22 }, 'too_small'],
    ['a back', { facing: -1, face_share: 0.003 }, 'back_view'],
    ['a covered face', { face_share: 0.001 }, 'face_hidden'],
    ['hips outside the picture', { hips_inside: 0 }, 'hips_out_of_frame'],
    [
      'a portrait cut off at the chest',
      { shoulder_to_torso: 1.3, elbow_visibility: 0.49 },
      'hips_out_of_frame',
    ],
    ['arms behind the back', { elbow_visibility: 0.47 }, 'arms_hidden'],
    ['crossed arms', { arms_crossed: 1 }, 'pose_unusual'],
    ['sitting', { thigh_to_torso: 0.61 }, 'pose_unusual'],
    ['lying down', { upright: 0.3 }, 'pose_unusual'],
    ['a side view', { shoulder_to_torso: 0.3 }, 'pose_unusual'],
    ['hardly any clothes', { clothes_share: 0.02 }, 'clothes_unclear'],
  ]
  for (const [name, change, code] of cases) {
    it(`refuse ${name} as ${code}`, () => expect(refusalFor({ ...good, ...change })).toBe(code))
  }

  it('count faces of similar size that stand apart, and no specks', () => {
    const faces = (boxes: [number, number, number][]): number => {
      const face = planeLike({ width: 100, height: 100 }, (i) => {
        const x = i % 100
        const y = Math.floor(i / 100)
        return boxes.some(([bx, by, s]) => x >= bx && x < bx + s && y >= by && y < by + s) ? 1 : 0
      })
      return countPeople(mapClasses((name) => (name === 'face' ? face : newPlane(100, 100))))
    }
    expect(faces([[10, 10, 12]])).toBe(1)
    expect(
      faces([
        [10, 10, 12],
        [60, 12, 11],
      ]),
    ).toBe(2)
    expect(
      faces([
        [10, 10, 12],
        [60, 12, 3],
      ]),
    ).toBe(1)
    expect(faces([])).toBe(1)
  })
})

describe('advice', () => {
  it('exists for every refusal in three languages and says something of its own', () => {
    const languages: AdviceLanguage[] = ['ru', 'kk', 'en']
    for (const language of languages) {
      const texts = refusalCodes.map((code) => advice[code][language])
      expect(new Set(texts).size).toBe(refusalCodes.length)
      for (const text of texts) expect(text).toMatch(/^\p{Lu}.{20,}[.!]$/u)
    }
  })
})
