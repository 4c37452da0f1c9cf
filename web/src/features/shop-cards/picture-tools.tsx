import { Button } from '../../ui/button.tsx'
import styles from './pictures-field.module.css'
import { useCardTexts } from './texts.ts'
import type { CardPicture } from './use-pictures.ts'

type PictureToolsProps = {
  picture: CardPicture
  index: number
  total: number
  onMove: (to: number) => void
  onRemove: () => void
  onRetry: (picture: CardPicture) => void
}

/** The same by pressing: for those who cannot or do not like to drag (WCAG 2.5.7). */
export function PictureTools({ picture, index, total, onMove, onRemove, onRetry }: PictureToolsProps) {
  const texts = useCardTexts()
  return (
    <div className={styles.tools} role="toolbar" aria-label={texts.picture(index + 1, total)}>
      <Button size="small" icon="left" disabled={index === 0} onClick={() => onMove(index - 1)}>
        {texts.picture_left}
      </Button>
      <Button size="small" icon="right" disabled={index === total - 1} onClick={() => onMove(index + 1)}>
        {texts.picture_right}
      </Button>
      <Button size="small" icon="star" disabled={index === 0} onClick={() => onMove(0)}>
        {texts.picture_make_cover}
      </Button>
      {picture.state === 'failed' && picture.file && (
        <Button size="small" icon="upload" onClick={() => onRetry(picture)}>
          {texts.picture_retry}
        </Button>
      )}
      <Button size="small" icon="trash" kind="quiet" onClick={onRemove}>
        {texts.picture_remove}
      </Button>
    </div>
  )
}
