import { type UIEvent, useRef, useState } from 'react'
import { srcSetOf } from '../../api/media.ts'
import { classNames } from '../../lib/class-names.ts'
import { Picture } from '../../ui/picture.tsx'
import styles from './gallery.module.css'
import { useCatalogTexts } from './texts.ts'

/** A strip to swipe; the small pictures below jump to a place in it. */
export function Gallery({ images, name }: { images: readonly string[]; name: string }) {
  const texts = useCatalogTexts()
  const strip = useRef<HTMLUListElement>(null)
  const [current, setCurrent] = useState(0)

  function onScroll(event: UIEvent<HTMLUListElement>) {
    const { scrollLeft, clientWidth } = event.currentTarget
    setCurrent(Math.round(scrollLeft / Math.max(1, clientWidth)))
  }

  function show(index: number) {
    strip.current?.scrollTo({ left: index * strip.current.clientWidth, behavior: 'smooth' })
  }

  if (images.length === 0) return <Picture src={undefined} alt={name} />
  return (
    <section className={styles.gallery} aria-label={texts.pictures}>
      {/* Focusable, so that arrow keys scroll it. */}
      <ul className={styles.strip} ref={strip} onScroll={onScroll} tabIndex={images.length > 1 ? 0 : -1}>
        {images.map((image, index) => (
          <li key={image} className={styles.slide}>
            <Picture
              src={image}
              srcSet={srcSetOf(image)}
              sizes="(min-width: 768px) 55vw, 100vw"
              alt={texts.picture_of(name, index + 1, images.length)}
              eager={index === 0}
            />
          </li>
        ))}
      </ul>
      {images.length > 1 && (
        <span className={styles.count} aria-hidden="true">
          {current + 1} / {images.length}
        </span>
      )}
      {images.length > 1 && (
        <div className={styles.thumbs}>
          {images.map((image, index) => (
            <button
              key={image}
              type="button"
              className={classNames(styles.thumb, index === current && styles.current)}
              aria-label={texts.show_picture(index + 1)}
              aria-current={index === current}
              onClick={() => show(index)}
            >
              <Picture src={image} srcSet={srcSetOf(image)} sizes="60px" alt="" />
            </button>
          ))}
        </div>
      )}
    </section>
  )
}
