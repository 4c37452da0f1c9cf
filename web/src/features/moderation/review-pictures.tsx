import { srcSetOf } from '../../api/media.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Picture } from '../../ui/picture.tsx'
import styles from './review-pictures.module.css'
import { useModerationTexts } from './texts.ts'

type ReviewPicturesProps = { images: readonly string[]; index: number; onIndex: (index: number) => void }

/** One picture large and whole, all of them in small, and the way to every pixel. */
export function ReviewPictures({ images, index, onIndex }: ReviewPicturesProps) {
  const texts = useModerationTexts()
  const current = images[index]
  if (current === undefined) {
    return (
      <div className={styles.none}>
        <Icon name="image" size={32} />
        {texts.no_pictures}
      </div>
    )
  }
  const turn = (step: number) => onIndex((index + step + images.length) % images.length)
  return (
    <section className={styles.pictures} aria-label={texts.pictures}>
      <div className={styles.large}>
        <Picture
          key={current}
          src={current}
          srcSet={srcSetOf(current)}
          sizes="(min-width: 1024px) 480px, 100vw"
          alt={texts.picture_of(index + 1, images.length)}
          fit="contain"
          eager
          className={styles.frame}
        />
        {images.length > 1 && (
          <>
            <IconButton
              className={styles.left}
              icon="left"
              label={texts.help_keys.previous_picture}
              onClick={() => turn(-1)}
            />
            <IconButton
              className={styles.right}
              icon="right"
              label={texts.help_keys.next_picture}
              onClick={() => turn(1)}
            />
            <span className={styles.count} aria-hidden="true">
              {index + 1} / {images.length}
            </span>
          </>
        )}
      </div>
      <div className={styles.foot}>
        {images.length > 1 && (
          <ul className={styles.thumbs}>
            {images.map((image, place) => (
              <li key={image}>
                <button
                  type="button"
                  className={styles.thumb}
                  aria-label={texts.picture_of(place + 1, images.length)}
                  aria-current={place === index ? 'true' : undefined}
                  onClick={() => onIndex(place)}
                >
                  <Picture
                    src={image}
                    srcSet={srcSetOf(image)}
                    sizes="60px"
                    alt=""
                    className={styles.small}
                  />
                </button>
              </li>
            ))}
          </ul>
        )}
        <a className={styles.original} href={current} target="_blank" rel="noopener noreferrer">
          {texts.open_original}
        </a>
      </div>
    </section>
  )
}
