import { clamp, distance, lerp, mixPoints, smoothstep } from '../../raster/math.ts'
import { pointOnPolyline } from '../../raster/polygon.ts'
import type { Correspondence } from '../../raster/thin-plate-spline.ts'
import type { Point } from '../../raster/types.ts'
import type { SleeveOutline } from '../garment-cut.ts'
import type { Person } from '../person/analyse.ts'
import { alongArm, armHalfWidth, pointAlongArm } from '../person/arm.ts'
import { direction, moved } from '../person/body-frame.ts'
import { type BodyFit, cuffAlongArm, type SideFit, sleeveStartUnits } from './body-fit.ts'
import { firstOf, lastOf } from './fabric.ts'
import { march } from './march.ts'
import type { LayerFit } from './torso-fit.ts'

const stations = 9

/** One cross-section of the sleeve: a point on the arm's axis and the unit normal pointing outwards. */
type Station = { share: number; at: Point; outwards: Point; arm_half: number; cloth_half: number }

/** A sleeve follows shoulder → elbow → wrist; its width is the larger of the cloth and the measured arm. */
export function sleeveFit(person: Person, body: BodyFit, side: SideFit, sleeve: SleeveOutline): LayerFit {
  const list = stationsOf(person, body, side, sleeve)
  const outer = outerEdge(person, list)
  const end = cuffAlongArm(person, body.scale, side.arm, sleeve)
  const inner = innerEdge(person, side, { end, list })
  outer[0] = side.tip
  inner[0] = side.armpit
  relaxBend(side, inner)
  const contour = followContour(person, outer, list)
  const pairs: Correspondence[] = [
    ...contour.map(({ at, share }) => ({ from: at, to: pointOnPolyline(sleeve.outer, share) })),
    ...inner.map((from, k) => ({ from, to: pointOnPolyline(sleeve.inner, k / (stations - 1)) })),
    ...middlePairs(sleeve, outer, inner),
    ...armholePairs(sleeve, side),
  ]
  return {
    pairs,
    polygon: polygonOf(person, side, { outer: contour.map(({ at }) => at), inner, stations: list }),
  }
}

/** In a bent elbow the inner points crowd and cross: they are drawn apart, the more the arm is bent. */
function relaxBend(side: SideFit, inner: Point[]): void {
  const upper = direction(side.arm.shoulder, side.arm.elbow)
  const fore = direction(side.arm.elbow, side.arm.wrist)
  const bend = Math.acos(clamp(upper.x * fore.x + upper.y * fore.y, -1, 1))
  const rounds = bend < 0.5 ? 0 : Math.round(6 * bend)
  for (let round = 0; round < rounds; round++) {
    for (let k = 1; k < inner.length - 1; k++) {
      const before = inner[k - 1]
      const here = inner[k]
      const after = inner[k + 1]
      if (before === undefined || here === undefined || after === undefined) continue
      inner[k] = mixPoints(here, mixPoints(before, after, 0.5), 0.5)
    }
  }
}

/** Keeps the cloth's grain along the arm. */
function middlePairs(sleeve: SleeveOutline, outer: Point[], inner: Point[]): Correspondence[] {
  return [2, 4, 6, 8].map((k) => {
    const share = k / (stations - 1)
    const to = mixPoints(pointOnPolyline(sleeve.outer, share), pointOnPolyline(sleeve.inner, share), 0.5)
    return { from: mixPoints(outer[k] ?? lastOf(outer), inner[k] ?? lastOf(inner), 0.5), to }
  })
}

/** The seam lies where the torso's armhole lies, or a gap would open between the two layers. */
function armholePairs(sleeve: SleeveOutline, side: SideFit): Correspondence[] {
  return [1 / 3, 2 / 3].map((share) => ({
    from: mixPoints(side.tip, side.armpit, share),
    to: mixPoints(firstOf(sleeve.outer), firstOf(sleeve.inner), share),
  }))
}

type ContourPoint = { at: Point; share: number }

/**
 * Points between those of the outer edge, pushed out to the person's contour: three in the first two stretches,
 * one in the others. Between tip and upper arm the shoulder is round, and a straight line would leave a slit of old
 * cloth. `share` is the place along the sleeve, 0 at the tip.
 */
function followContour(person: Person, outer: Point[], list: Station[]): ContourPoint[] {
  const out: ContourPoint[] = []
  outer.forEach((at, k) => {
    const here = { at, share: k / (stations - 1) }
    out.push(here)
    const next = outer[k + 1]
    const outwards = list[k + 1]?.outwards
    if (next === undefined || outwards === undefined) return
    const there = { at: next, share: (k + 1) / (stations - 1) }
    const middle = pushedOut(person, [here, there], outwards)
    if (k < 2) out.push(pushedOut(person, [here, middle], outwards))
    out.push(middle)
    if (k < 2) out.push(pushedOut(person, [middle, there], outwards))
  })
  return out
}

/** The middle of two points, moved outwards to the contour when that is at most .08 units away. */
function pushedOut(person: Person, [a, b]: [ContourPoint, ContourPoint], outwards: Point): ContourPoint {
  const { unit } = person.frame
  const middle = mixPoints(a.at, b.at, 0.5)
  const along = direction(a.at, b.at)
  const sign = Math.sign(along.x * outwards.y - along.y * outwards.x) || 1
  const away = { x: -along.y * sign, y: along.x * sign }
  const found = march(isPerson(person), person.luma, { from: middle, direction: away, reach: 0.12 * unit })
  const by = found > 0.1 * unit || found === 0 ? 0 : Math.min(found + 1.5, 0.08 * unit)
  return { at: { x: middle.x + away.x * by, y: middle.y + away.y * by }, share: (a.share + b.share) / 2 }
}

function isPerson(person: Person): (i: number) => boolean {
  const { clothes, skin, other } = person.parse
  return (i) => (clothes.data[i] ?? 0) + (skin.data[i] ?? 0) + (other.data[i] ?? 0) > 0.5
}

function stationsOf(person: Person, body: BodyFit, side: SideFit, sleeve: SleeveOutline): Station[] {
  const { frame } = person
  const start = sleeveStartUnits * frame.unit
  const length = cuffAlongArm(person, body.scale, side.arm, sleeve) - start
  const atArmhole = (distance(firstOf(sleeve.outer), firstOf(sleeve.inner)) * body.scale) / 2
  const atCuff = (distance(lastOf(sleeve.outer), lastOf(sleeve.inner)) * body.scale) / 2
  return Array.from({ length: stations }, (_, k) => {
    const share = k / (stations - 1)
    const along = start + share * length
    return {
      share,
      at: pointAlongArm(side.arm, along),
      outwards: normalAt(person, side, along),
      arm_half: armHalfWidth(side.arm, frame.unit, along),
      cloth_half: lerp(atArmhole, atCuff, share ** 0.8),
    }
  })
}

/** The outer edge reaches at least the visible arm or old sleeve; a median of five keeps single outliers out. */
function outerEdge(person: Person, list: Station[]): Point[] {
  const { frame } = person
  const wanted = list.map((s) => {
    const cloth = clamp(s.cloth_half, s.arm_half * 1.16 + 1, s.arm_half * 1.55)
    const seen = march(isPerson(person), person.luma, {
      from: s.at,
      direction: s.outwards,
      reach: 0.34 * frame.unit,
    })
    return Math.max(cloth, seen < 0.32 * frame.unit ? Math.min(seen + 2, cloth * 1.75) : 0)
  })
  return list.map((s, k) => {
    const around = [-2, -1, 0, 1, 2]
      .map((d) => wanted[clamp(k + d, 0, stations - 1)] ?? 0)
      .sort((a, b) => a - b)
    const middle = ((around[1] ?? 0) + (around[2] ?? 0) + (around[3] ?? 0)) / 3
    const half = Math.max(clamp(s.cloth_half, s.arm_half * 1.16 + 1, s.arm_half * 1.55), middle)
    return { x: s.at.x + s.outwards.x * half, y: s.at.y + s.outwards.y * half }
  })
}

/**
 * The inner edge from the armpit along the arm to the cuff. The armpit already lies some way down the arm, so these
 * points are counted from there, or the edge would run past the cuff and back. Everywhere it reaches at least over
 * the visible arm or old sleeve, when a gap to the body tells where they end.
 */
function innerEdge(person: Person, side: SideFit, sleeve: { end: number; list: Station[] }): Point[] {
  const { arm, armpit } = side
  const { unit } = person.frame
  const start = alongArm(arm, armpit)
  const end = Math.max(sleeve.end, start + 0.06 * unit)
  const first = normalAt(person, side, start)
  const atArmpit = dot(first, pointAlongArm(arm, start), armpit)
  return sleeve.list.map((station) => {
    const along = lerp(start, end, station.share)
    const at = pointAlongArm(arm, along)
    const outwards = normalAt(person, side, along)
    const inwards = { x: -outwards.x, y: -outwards.y }
    const armHalf = armHalfWidth(arm, unit, along)
    const cloth = clamp(station.cloth_half, armHalf * 1.1 + 1, armHalf * 1.75)
    const half = lerp(-atArmpit, cloth, smoothstep(0, 0.55, station.share))
    const reach = Math.max(half, visibleHalf(person, at, inwards))
    return { x: at.x + inwards.x * reach, y: at.y + inwards.y * reach }
  })
}

/** How far the visible arm or old sleeve reaches towards the body; 0 when it cannot be told from the body. */
function visibleHalf(person: Person, from: Point, inwards: Point): number {
  const { parse, luma, frame } = person
  const ray = { from, direction: inwards, reach: 0.22 * frame.unit }
  const limit = 0.19 * frame.unit
  const isSolid = (i: number): boolean => (parse.background.data[i] ?? 0) < 0.35
  const isSkin = (i: number): boolean => (parse.skin.data[i] ?? 0) > 0.5
  const found = [march(isSolid, luma, ray), march(isSkin, luma, ray)].find((d) => d > 0 && d < limit)
  return found === undefined ? 0 : found + 1.5
}

/** Unit normal of the arm pointing away from the body, or upwards for a raised arm. */
function normalAt(person: Person, side: SideFit, along: number): Point {
  const { frame } = person
  const step = 0.08 * frame.unit
  const axis = direction(
    pointAlongArm(side.arm, Math.max(0, along - step)),
    pointAlongArm(side.arm, along + step),
  )
  const normal = { x: -axis.y, y: axis.x }
  const away = (normal.x * frame.across.x + normal.y * frame.across.y) * side.side
  const up = -(normal.x * frame.down.x + normal.y * frame.down.y)
  const sign = Math.sign(away + 0.5 * up) || 1
  return { x: normal.x * sign, y: normal.y * sign }
}

function dot(axis: Point, origin: Point, point: Point): number {
  return (point.x - origin.x) * axis.x + (point.y - origin.y) * axis.y
}

type Edges = { outer: Point[]; inner: Point[]; stations: Station[] }

function polygonOf(person: Person, side: SideFit, edges: Edges): Point[] {
  const { frame } = person
  const pad = 0.03 * frame.unit
  const intoBody = 0.055 * frame.unit
  const apart = (from: Point, other: Point, by: number): Point => {
    const d = direction(other, from)
    return { x: from.x + d.x * by, y: from.y + d.y * by }
  }
  const outer = edges.outer.map((point, k) =>
    apart(point, edges.inner[Math.round(k / 2)] ?? point, pad * 0.8),
  )
  const inner = edges.inner.map((point, k) =>
    apart(point, edges.outer[k] ?? point, k < 3 ? intoBody : pad * 0.5),
  )
  const back = (point: Point): Point => moved(frame, point, -side.side * intoBody, 0)
  const last = edges.stations.at(-1)?.at ?? side.tip
  const end = direction(edges.stations.at(-2)?.at ?? side.tip, last)
  const beyond = (point: Point): Point => ({
    x: point.x + end.x * 0.06 * frame.unit,
    y: point.y + end.y * 0.06 * frame.unit,
  })
  return [
    back(firstOf(outer)),
    ...outer,
    beyond(lastOf(outer)),
    beyond(lastOf(inner)),
    ...inner.toReversed(),
    back(firstOf(inner)),
  ]
}
