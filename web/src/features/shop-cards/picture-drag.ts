import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react'

/** Less than this many pixels is a press and not a drag. */
const THRESHOLD_PX = 6

export type Drag = { from: number; over: number; dx: number; dy: number }

/**
 * Carrying a tile of a grid to another place with mouse, pen or finger. The tiles stay where they are until it is
 * dropped, so the browser never loses the element under the pointer. `grid` holds the tiles as its children.
 */
export function usePictureDrag(onMove: (from: number, to: number) => void) {
  const grid = useRef<HTMLUListElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const dropped = useRef(false)

  function start(event: ReactPointerEvent, from: number) {
    if (event.button !== 0) return
    dropped.current = false
    const origin = { x: event.clientX, y: event.clientY }
    const centres = Array.from(grid.current?.querySelectorAll('[data-tile]') ?? [], centreOf)
    let current: Drag | null = null

    const move = (to: PointerEvent) => {
      const [dx, dy] = [to.clientX - origin.x, to.clientY - origin.y]
      if (current === null && Math.hypot(dx, dy) < THRESHOLD_PX) return
      current = { from, over: nearest(centres, to.clientX, to.clientY) ?? from, dx, dy }
      setDrag(current)
    }
    const end = (commit: boolean) => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', drop)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('keydown', giveUp)
      setDrag(null)
      if (current === null) return
      dropped.current = true
      if (commit && current.over !== from) onMove(from, current.over)
    }
    const drop = () => end(true)
    const cancel = () => end(false)
    const giveUp = (key: KeyboardEvent) => {
      if (key.key === 'Escape') end(false)
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('keydown', giveUp)
  }

  return {
    grid,
    drag,
    start,
    /** Whether the click that follows belongs to a drag; asking forgets it. */
    wasDrag(): boolean {
      const was = dropped.current
      dropped.current = false
      return was
    },
  }
}

type Point = { x: number; y: number }

function centreOf(tile: Element): Point {
  const { left, top, width, height } = tile.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

function nearest(centres: readonly Point[], x: number, y: number): number | null {
  let best: { index: number; distance: number } | null = null
  for (const [index, centre] of centres.entries()) {
    const distance = Math.hypot(centre.x - x, centre.y - y)
    if (best === null || distance < best.distance) best = { index, distance }
  }
  return best?.index ?? null
}
