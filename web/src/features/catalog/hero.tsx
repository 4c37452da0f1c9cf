import { srcSetOf } from '../../api/media.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { Picture } from '../../ui/picture.tsx'
import styles from './hero.module.css'
import { useFewProducts } from './queries.ts'
import { useCatalogTexts } from './texts.ts'

/** What Leema is, in one sentence and three pictures of what is newest in it. */
export function Hero() {
  const texts = useCatalogTexts()
  const newest = useFewProducts({ limit: 12 })
  const pictures = (newest.data?.products ?? []).flatMap((product) => product.images.slice(0, 1)).slice(0, 3)
  return (
    <section className={styles.hero}>
      <div className={styles.words}>
        <h1 className={styles.title}>{texts.hero_title}</h1>
        <p className={styles.text}>{texts.hero_text}</p>
        <div className={styles.actions}>
          <LinkButton kind="primary" size="large" to={paths.catalog()}>
            {texts.hero_action}
          </LinkButton>
          <LinkButton size="large" to={paths.create()}>
            {texts.hero_second}
          </LinkButton>
        </div>
      </div>
      <div className={styles.pictures} aria-hidden="true">
        {[0, 1, 2].map((place) => (
          <Picture
            key={place}
            src={pictures[place]}
            srcSet={srcSetOf(pictures[place])}
            sizes={place === 0 ? '(min-width: 1024px) 400px, 66vw' : '(min-width: 1024px) 200px, 33vw'}
            alt=""
            eager
            className={styles.picture}
          />
        ))}
      </div>
    </section>
  )
}
