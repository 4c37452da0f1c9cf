import type { Generation } from '../../api/types.ts'
import { Badge } from '../../ui/badge.tsx'
import { useStudioTexts } from './texts.ts'
import styles from './understood.module.css'

/** Which words of the description decided something, and which did not. */
export function Understood({ generation }: { generation: Generation }) {
  const texts = useStudioTexts()
  const understood = generation.understood ?? []
  const ignored = generation.ignored ?? []
  return (
    <div className={styles.words}>
      <section>
        <h2 className={styles.title}>{texts.your_words}</h2>
        <p>{generation.prompt}</p>
      </section>
      {understood.length > 0 && (
        <section>
          <h2 className={styles.title}>{texts.understood}</h2>
          <ul className={styles.list}>
            {understood.map((one) => (
              <li key={`${one.word} ${one.meaning}`}>
                <Badge tone="success">
                  {one.word}
                  {one.meaning !== one.word && ` → ${one.meaning}`}
                </Badge>
              </li>
            ))}
          </ul>
        </section>
      )}
      {ignored.length > 0 && (
        <section>
          <h2 className={styles.title}>{texts.ignored}</h2>
          <p className={styles.hint}>{texts.ignored_text}</p>
          <ul className={styles.list}>
            {ignored.map((word) => (
              <li key={word}>
                <Badge>{word}</Badge>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
