import { useState } from 'react'
import { classNames } from '../lib/class-names.ts'
import { Icon } from './icon.tsx'
import styles from './picture.module.css'

type PictureProps = {
  src: string | undefined
  /** Empty when the words beside it already say everything. */
  alt: string
  /** Smaller copies to choose from, with `sizes` telling how wide the frame will be. */
  srcSet?: string | undefined
  sizes?: string
  /** The first pictures of a page are fetched at once, the others when they come near. */
  eager?: boolean
  fit?: 'cover' | 'contain'
  className?: string | undefined
}

/** A 3:4 frame that keeps its place while the picture loads, and stays presentable when there is none. */
export function Picture({ src, srcSet, sizes, alt, eager = false, fit = 'cover', className }: PictureProps) {
  const [failed, setFailed] = useState<string | null>(null)
  const [loaded, setLoaded] = useState(false)
  const shown = src !== undefined && failed !== src
  return (
    <span className={classNames(styles.frame, className)}>
      {shown ? (
        <img
          className={classNames(styles.image, styles[fit], loaded && styles.loaded)}
          src={src}
          srcSet={srcSet}
          sizes={srcSet === undefined ? undefined : sizes}
          alt={alt}
          loading={eager ? 'eager' : 'lazy'}
          fetchPriority={eager ? 'high' : 'auto'}
          decoding="async"
          ref={(image) => {
            // From the cache a picture may be complete before React listens.
            if (image?.complete === true && image.naturalWidth > 0) setLoaded(true)
          }}
          onLoad={() => setLoaded(true)}
          onError={() => setFailed(src)}
        />
      ) : (
        <span
          className={styles.missing}
          role="img"
          aria-label={alt || undefined}
          aria-hidden={alt === '' || undefined}
        >
          <Icon name="hanger" size={36} />
        </span>
      )}
    </span>
  )
}
