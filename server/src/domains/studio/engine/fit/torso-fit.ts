import { mixPoints } from '../../raster/math.ts'
import { resamplePolyline } from '../../raster/polygon.ts'
import type { Correspondence } from '../../raster/thin-plate-spline.ts'
import type { Point } from '../../raster/types.ts'
import type { TopOutline } from '../garment-cut.ts'
import { type BodyFrame, moved } from '../person/body-frame.ts'
import { type BodyFit, necklinePoints, type SideFit } from './body-fit.ts'
import { firstOf, lastOf } from './fabric.ts'
import { edgePoints } from './side-edge.ts'

/** What one layer needs: pairs from person pixels to fabric pixels, and the area it may cover. */
export type LayerFit = { pairs: Correspondence[]; polygon: Point[] }

export function torsoFit(outline: TopOutline, body: BodyFit, frame: BodyFrame): LayerFit {
  const neckline = resamplePolyline(outline.neckline, necklinePoints)
  const pairs = [
    ...body.neckline.map((from, k) => ({ from, to: neckline[k] ?? lastOf(neckline) })),
    ...sidePairs(body.left, outline.shoulder_left, outline.side_left),
    ...sidePairs(body.right, outline.shoulder_right, outline.side_right),
    ...hemPairs(outline, body, frame),
    ...centrePairs(outline, body),
  ]
  return { pairs, polygon: polygonOf(body, body.neckline, frame) }
}

function sidePairs(side: SideFit, shoulderSource: Point[], edgeSource: Point[]): Correspondence[] {
  const shoulder = resamplePolyline(shoulderSource, side.shoulder_line.length + 1)
  const edge = resamplePolyline(edgeSource, edgePoints)
  const shoulderPairs = side.shoulder_line.map((from, k) => ({
    from,
    to: shoulder[k + 1] ?? lastOf(shoulder),
  }))
  const armhole = [1 / 3, 2 / 3].map((share) => ({
    from: mixPoints(side.tip, side.armpit, share),
    to: mixPoints(lastOf(shoulder), firstOf(edge), share),
  }))
  const edgePairs = side.edge.map((from, k) => ({ from, to: edge[k] ?? lastOf(edge) }))
  return [...shoulderPairs, ...armhole, ...edgePairs]
}

/** Inner points of the hem keep the garment's own curve and sag a little, as a hem round a body does. */
function hemPairs(outline: TopOutline, body: BodyFit, frame: BodyFrame): Correspondence[] {
  const source = resamplePolyline(outline.hem, 5)
  const left = lastOf(body.left.edge)
  const right = lastOf(body.right.edge)
  return [1, 2, 3].map((k) => {
    const to = source[k] ?? lastOf(source)
    const straight = mixPoints(firstOf(source), lastOf(source), k / 4)
    const own = (to.y - straight.y) * body.scale
    const sag = 0.02 * frame.unit * (1 - ((k - 2) / 2) ** 2)
    return { from: moved(frame, mixPoints(left, right, k / 4), 0, Math.max(own, sag)), to }
  })
}

/** Middle points keep prints straight. */
function centrePairs(outline: TopOutline, body: BodyFit): Correspondence[] {
  const left = resamplePolyline(outline.side_left, edgePoints)
  const right = resamplePolyline(outline.side_right, edgePoints)
  return [2, 4, 6].map((k) => ({
    from: mixPoints(body.left.edge[k] ?? body.left.armpit, body.right.edge[k] ?? body.right.armpit, 0.5),
    to: mixPoints(left[k] ?? lastOf(left), right[k] ?? lastOf(right), 0.5),
  }))
}

/** Everything that the cut's own alpha should decide lies inside: a little above, beside and well below the garment. */
function polygonOf(body: BodyFit, neckline: Point[], frame: BodyFrame): Point[] {
  const pad = 0.03 * frame.unit
  const up = (point: Point, by: number): Point => moved(frame, point, 0, -by)
  const half = (side: SideFit): Point[] => {
    const out = (point: Point, by: number): Point => moved(frame, point, side.side * by, 0)
    const hem = out(lastOf(side.edge), pad)
    return [
      up(side.neck, pad * 1.5),
      ...side.shoulder_line.slice(0, -1).map((point) => up(point, pad * 0.6)),
      up(out(side.tip, pad * 0.3), pad),
      out(side.armpit, pad * 0.6),
      ...side.edge.slice(1).map((point) => out(point, pad)),
      moved(frame, hem, 0, 0.14 * frame.unit),
    ]
  }
  const collar = neckline.slice(1, -1).map((point) => up(point, pad * 1.5))
  return [...collar, ...half(body.right), ...half(body.left).toReversed()]
}
