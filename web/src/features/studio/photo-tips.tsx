import { Icon } from '../../ui/icon.tsx'
import styles from './photo-tips.module.css'
import { useStudioTexts } from './texts.ts'

export function PhotoTips() {
  const texts = useStudioTexts()
  return (
    <section>
      <h2 className={styles.title}>{texts.tips_title}</h2>
      <ul className={styles.list}>
        {texts.tips.map((tip) => (
          <li key={tip} className={styles.tip}>
            <Icon name="check" size={18} />
            {tip}
          </li>
        ))}
      </ul>
    </section>
  )
}
