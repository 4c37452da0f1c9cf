import styles from './how-it-works.module.css'
import { useCatalogTexts } from './texts.ts'

export function HowItWorks() {
  const texts = useCatalogTexts()
  const steps = [
    { title: texts.how_1_title, text: texts.how_1_text },
    { title: texts.how_2_title, text: texts.how_2_text },
    { title: texts.how_3_title, text: texts.how_3_text },
  ]
  return (
    <section className={styles.how} aria-labelledby="how-title">
      <h2 id="how-title">{texts.how_title}</h2>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step.title} className={styles.step}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <h3>{step.title}</h3>
            <p className={styles.text}>{step.text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
