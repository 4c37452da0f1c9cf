import styles from './avatar.module.css'

/** A picture of a person or shop, or the first letter of the name that stands beside it. */
export function Avatar({ name, src }: { name: string; src: string | null }) {
  return (
    <span className={styles.avatar} aria-hidden="true">
      {src === null ? (
        (Array.from(name)[0]?.toUpperCase() ?? '')
      ) : (
        <img className={styles.picture} src={src} alt="" loading="lazy" />
      )}
    </span>
  )
}
