import { type ChangeEvent, useRef, useState } from 'react'
import styles from './compare-slider.module.css'
import { useStudioTexts } from './texts.ts'

const START_PERCENT = 50

type CompareSliderProps = { before: string; after: string; after_alt: string }

/** Two pictures, one over the other, and a real range input across them: finger, mouse and arrow keys move the cut. */
export function CompareSlider({ before, after, after_alt }: CompareSliderProps) {
  const texts = useStudioTexts()
  const frame = useRef<HTMLDivElement>(null)
  const [percent, setPercent] = useState(START_PERCENT)

  function move(event: ChangeEvent<HTMLInputElement>) {
    const next = Number(event.target.value)
    setPercent(next)
    frame.current?.style.setProperty('--cut', `${next}%`)
  }

  return (
    <div className={styles.frame} ref={frame}>
      <img className={styles.after} src={after} alt={after_alt} />
      <img className={styles.before} src={before} alt={texts.source_alt} />
      <span className={styles.labelBefore} aria-hidden="true">
        {texts.before}
      </span>
      <span className={styles.labelAfter} aria-hidden="true">
        {texts.after}
      </span>
      <input
        className={styles.range}
        type="range"
        min={0}
        max={100}
        step={1}
        value={percent}
        onChange={move}
        aria-label={texts.compare}
        aria-valuetext={texts.compare_value(100 - percent)}
      />
      <span className={styles.line} aria-hidden="true">
        <span className={styles.handle}>
          <svg
            width="22"
            height="22"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden="true"
          >
            <path d="M8.500 7 3.500 12l5 5M15.500 7l5 5-5 5" />
          </svg>
        </span>
      </span>
    </div>
  )
}
