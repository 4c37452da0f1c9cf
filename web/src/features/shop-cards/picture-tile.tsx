import type { KeyboardEvent, PointerEvent } from 'react'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import { classNames } from '../../lib/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import type { PictureFault } from './check-picture.ts'
import type { Drag } from './picture-drag.ts'
import styles from './picture-tile.module.css'
import { useCardTexts } from './texts.ts'
import type { CardPicture } from './use-pictures.ts'

type PictureTileProps = {
  picture: CardPicture
  index: number
  total: number
  selected: boolean
  drag: Drag | null
  describedBy: string
  onGrab: (event: PointerEvent) => void
  onPress: () => void
  onKey: (event: KeyboardEvent) => void
  onRemove: () => void
}

/** One picture of the card: a button that can be chosen, carried and moved with the arrow keys. */
export function PictureTile(props: PictureTileProps) {
  const { picture, index, total, selected, drag, describedBy, onGrab, onPress, onKey, onRemove } = props
  const texts = useCardTexts()
  const carried = drag?.from === index
  const name = [texts.picture(index + 1, total), index === 0 && texts.picture_cover, useStateWords(picture)]
  return (
    <li
      data-tile
      className={classNames(
        styles.tile,
        carried && styles.carried,
        drag !== null && drag.over === index && !carried && styles.target,
      )}
      style={carried ? { transform: `translate(${drag.dx}px, ${drag.dy}px) scale(1.04)` } : undefined}
    >
      <button
        type="button"
        className={styles.face}
        data-picture={picture.id}
        aria-pressed={selected}
        aria-label={name.filter(Boolean).join(', ')}
        aria-describedby={describedBy}
        onPointerDown={(event) => {
          // A finger scrolls the page; only a picture that was chosen before is carried by it.
          if (event.pointerType === 'mouse' || selected) onGrab(event)
        }}
        onClick={onPress}
        onKeyDown={onKey}
        onDragStart={(event) => event.preventDefault()}
      >
        {picture.state === 'failed' && picture.file === null ? (
          <span className={styles.broken}>
            <Icon name="image" size={28} />
          </span>
        ) : (
          <img className={styles.image} src={picture.shown} alt="" draggable={false} />
        )}
        {index === 0 && <span className={styles.cover}>{texts.picture_cover}</span>}
        <Progress picture={picture} />
      </button>
      <button
        type="button"
        className={styles.remove}
        aria-label={`${texts.picture_remove} ${index + 1}`}
        onClick={onRemove}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  )
}

function Progress({ picture }: { picture: CardPicture }) {
  const texts = useCardTexts()
  if (picture.state === 'kept') return null
  if (picture.state === 'failed') {
    return (
      <span className={styles.failed}>
        <Icon name="warning" size={20} />
        {texts.picture_failed}
      </span>
    )
  }
  const progress = picture.state === 'sending' ? picture.progress : 0
  return (
    <span className={styles.underway}>
      <span className={styles.bar}>
        <span className={styles.sent} style={{ transform: `scaleX(${progress})` }} />
      </span>
    </span>
  )
}

/** What happens with the picture, in words; nothing when all is well. */
function useStateWords(picture: CardPicture): string | undefined {
  const texts = useCardTexts()
  const faultText = usePictureFault()
  if (picture.state === 'checking') return texts.picture_checking
  if (picture.state === 'sending') {
    return picture.progress < 1
      ? texts.picture_sending(Math.round(picture.progress * 100))
      : texts.picture_finishing
  }
  return picture.state === 'failed' ? `${texts.picture_failed}: ${faultText(picture.fault)}` : undefined
}

/** Why a picture was not uploaded, for a person. */
export function usePictureFault(): (fault: PictureFault | ApiProblem) => string {
  const texts = useCardTexts()
  const problemText = useProblemText()
  const words = {
    wrong_type: texts.fault_wrong_type,
    too_large: texts.fault_too_large,
    too_many_pixels: texts.fault_too_many_pixels,
    unreadable: texts.fault_unreadable,
  }
  return (fault) => {
    if (!(fault instanceof ApiProblem)) return words[fault]
    return fault.errors[0]?.message ?? problemText(fault)
  }
}
