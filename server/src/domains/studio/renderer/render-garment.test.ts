import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type CutPoint, fromStoredCut, type GarmentCut, toStoredCut } from '../engine/garment-cut.ts'
import { type AspectRatio, aspectRatios, type GarmentRequest, renderGarment } from './render-garment.ts'

const request = (prompt: string, more: Partial<GarmentRequest> = {}): GarmentRequest => ({
  prompt,
  aspect_ratio: '3:4',
  width: 300,
  seed: 7,
  subject: 'garment',
  ...more,
})

type Pixels = { data: Uint8Array; width: number; height: number; channels: number }

async function pixelsOf(png: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}

async function hashOf(png: Uint8Array): Promise<string> {
  return createHash('sha256')
    .update((await pixelsOf(png)).data)
    .digest('hex')
}

describe('a rendered garment', () => {
  it('has the same pixels for the same prompt and seed, others for another seed', async () => {
    const hash = async (seed: number): Promise<string> =>
      hashOf((await renderGarment(request('зелёная рубашка в клетку', { seed }))).png)
    const once = await hash(5)
    expect(await hash(5)).toBe(once)
    expect(await hash(6)).not.toBe(once)
  })

  it('takes its seed from the prompt when none is given', async () => {
    const { seed: _, ...unseeded } = request('серые брюки')
    const [a, b] = [await renderGarment(unseeded), await renderGarment(unseeded)]
    expect(await hashOf(a.png)).toBe(await hashOf(b.png))
  })

  it.each(Object.entries(aspectRatios))('keeps the aspect ratio %s', async (name, ratio) => {
    const answer = await renderGarment(
      request('жёлтое платье', { aspect_ratio: name as AspectRatio, width: 240 }),
    )
    const { width, height } = await pixelsOf(answer.png)
    expect([width, height]).toEqual([240, Math.round(240 / ratio)])
    expect([answer.width, answer.height]).toEqual([width, height])
  })

  it('keeps sizes within bounds whatever is asked', async () => {
    expect((await renderGarment(request('майка', { width: 1 }))).width).toBe(128)
    expect((await renderGarment(request('майка', { width: Number.NaN, aspect_ratio: '1:1' }))).width).toBe(
      768,
    )
  })

  it('reports what was understood in the language asked for', async () => {
    const answer = await renderGarment(request('red hoodie with dragons', { locale: 'en' }))
    expect(answer.understood).toEqual([
      { word: 'red', meaning: 'red' },
      { word: 'hoodie', meaning: 'hoodie' },
    ])
    expect(answer.ignored).toEqual(['dragons'])
  })

  it('is an empty studio with nothing understood when no garment is named', async () => {
    const answer = await renderGarment(request('закат над степью'))
    expect(answer.understood).toEqual([])
    expect(answer.cut).toBeNull()
  })

  it('looks different from the front, from behind and close up', async () => {
    const views = ['front', 'back', 'detail'] as const
    const hashes = await Promise.all(
      views.map(async (view) => hashOf((await renderGarment(request('джинсовая куртка', { view }))).png)),
    )
    expect(new Set(hashes).size).toBe(3)
  })
})

describe('the cut of a rendered top', () => {
  it('covers exactly the painted front: everything red except the inside of the back', async () => {
    const { png, cut } = await renderGarment(request('красная футболка', { width: 450 }))
    const picture = await pixelsOf(png)
    const alpha = await alphaOf(cut)
    const bounds = boundsOf(cut?.outline?.neckline ?? [])
    const counts = { cut: 0, cutNotRed: 0, redNotCut: 0 }
    for (let i = 0; i < picture.width * picture.height; i++) {
      const [r = 0, g = 0] = picture.data.subarray(i * picture.channels, i * picture.channels + 3)
      const isRed = r - g > 35
      const isCut = (alpha[i] ?? 0) > 127
      const x = i % picture.width
      const y = Math.floor(i / picture.width)
      const isOpening = x >= bounds.left && x <= bounds.right && y <= bounds.bottom
      if (isCut) counts.cut++
      if (isCut && !isRed) counts.cutNotRed++
      if (isRed && !isCut && !isOpening) counts.redNotCut++
    }
    expect(counts.cut).toBeGreaterThan(picture.width * picture.height * 0.2)
    expect(counts.cutNotRed / counts.cut).toBeLessThan(0.004)
    expect(counts.redNotCut / counts.cut).toBeLessThan(0.004)
  })

  it.each([
    'белая футболка',
    'худи',
    'рубашка',
    'свитер с высоким горлом',
    'майка',
    'пиджак',
    'футболка оверсайз',
    'блузка с рукавом-фонариком',
  ])('has landmarks on the silhouette: %s', async (prompt) => {
    const { cut } = await renderGarment(request(prompt, { width: 450 }))
    const alpha = await alphaOf(cut)
    const outline = cut?.outline
    if (cut === null || outline === undefined || outline === null) throw new Error('no cut')
    const sleeves = [outline.sleeve_left, outline.sleeve_right].flatMap((one) =>
      one === null ? [] : [one.outer, one.inner],
    )
    const lines = [
      outline.neckline,
      outline.shoulder_left,
      outline.shoulder_right,
      outline.side_left,
      outline.side_right,
      outline.hem,
      ...sleeves,
    ]
    for (const line of lines)
      for (const point of line)
        expect(isNear(alpha, cut, point, 3), `${prompt} ${point.x} ${point.y}`).toBe(true)
    const middle = { x: meanOf(outline.hem.map((p) => p.x)), y: meanOf(outline.hem.map((p) => p.y)) - 20 }
    expect(alpha[Math.round(middle.y) * cut.width + Math.round(middle.x)]).toBe(255)
  })

  it('joins where the lines must join', async () => {
    const { cut } = await renderGarment(request('лонгслив'))
    const outline = cut?.outline
    expect(outline?.sleeve_left?.outer[0]).toEqual(outline?.shoulder_left.at(-1))
    expect(outline?.sleeve_right?.inner[0]).toEqual(outline?.side_right[0])
    expect(outline?.side_left.at(-1)?.x).toBeCloseTo(outline?.hem[0]?.x ?? 0, 3)
    expect(outline?.neckline[0]?.x).toBeLessThan(outline?.neckline.at(-1)?.x ?? 0)
  })

  it('survives storage', async () => {
    const { cut } = await renderGarment(request('поло'))
    if (cut === null) throw new Error('no cut')
    const { png, facts } = toStoredCut(cut)
    expect(fromStoredCut(png, JSON.parse(JSON.stringify(facts)))).toEqual(cut)
  })

  it('is missing for what cannot be tried on as a top', async () => {
    for (const prompt of ['джинсы', 'платье', 'юбка', 'рубашка и джинсы', 'пальто', 'чапан']) {
      expect((await renderGarment(request(prompt, { width: 160 }))).cut, prompt).toBeNull()
    }
    expect((await renderGarment(request('рубашка', { view: 'back', width: 160 }))).cut).toBeNull()
  })
})

describe('a dressed figure', () => {
  it('wears all pieces of the prompt in their colours', async () => {
    const answer = await renderGarment(
      request('красная футболка и зелёные брюки', { subject: 'model', aspect_ratio: '2:3', width: 400 }),
    )
    const { data, width, channels } = await pixelsOf(answer.png)
    const shares = { red: 0, green: 0 }
    for (let i = 0; i < data.length; i += channels) {
      const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3)
      if (r - g > 50 && r - b > 40) shares.red++
      if (g - r > 25 && g - b > 10) shares.green++
    }
    const area = (data.length / channels) * 0.01
    expect(width).toBe(400)
    expect(shares.red).toBeGreaterThan(area * 3)
    expect(shares.green).toBeGreaterThan(area * 3)
    expect(answer.cut).toBeNull()
  })
})

describe('hostile prompts', () => {
  it.each([
    ['emoji', '👗🔥'.repeat(500)],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg> платье'],
    ['HTML', '"><img src=x onerror=alert(1)> красное платье </text>&#x0;'],
    ['control characters', '\u0000\u0001\u001b[2J\u202e\ufeff платье \uD800'],
    ['entities', '<!DOCTYPE x [<!ENTITY a "b">]> &a; платье'],
    ['nothing', ''],
    ['length', `платье ${'я'.repeat(5000)}`],
  ])('of %s give an ordinary picture', async (_, prompt) => {
    const answer = await renderGarment(request(prompt, { width: 160 }))
    expect((await pixelsOf(answer.png)).width).toBe(160)
  })

  it('change nothing but the words: the picture is that of the garment alone', async () => {
    const clean = await renderGarment(request('красное платье', { width: 160 }))
    const dirty = await renderGarment(
      request('"><img src=x onerror=alert(1)> красное платье &#0;', { width: 160 }),
    )
    expect(await hashOf(dirty.png)).toBe(await hashOf(clean.png))
  })
})

async function alphaOf(cut: GarmentCut | null): Promise<Uint8Array> {
  if (cut === null) throw new Error('no cut')
  return await sharp(cut.png).extractChannel(3).raw().toBuffer()
}

function isNear(
  alpha: Uint8Array,
  size: { width: number; height: number },
  point: CutPoint,
  reach: number,
): boolean {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const x = Math.round(point.x) + dx
      const y = Math.round(point.y) + dy
      if (x >= 0 && y >= 0 && x < size.width && y < size.height && (alpha[y * size.width + x] ?? 0) > 127)
        return true
    }
  }
  return false
}

function boundsOf(points: readonly CutPoint[]): { left: number; right: number; bottom: number } {
  return {
    left: Math.min(...points.map((p) => p.x)) - 4,
    right: Math.max(...points.map((p) => p.x)) + 4,
    bottom: Math.max(...points.map((p) => p.y)) + 2,
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
