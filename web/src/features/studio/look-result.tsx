import type { Generation } from '../../api/types.ts'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { CompareSlider } from './compare-slider.tsx'
import { LookActions } from './look-actions.tsx'
import styles from './look-result.module.css'
import { useStudioTexts } from './texts.ts'
import { Understood } from './understood.tsx'

/** The picture, what it is, and what can be done with it. */
export function LookResult({ generation, image_url }: { generation: Generation; image_url: string }) {
  const texts = useStudioTexts()
  const tryOn = generation.type === 'try_on'
  const alt = tryOn ? texts.result_alt : texts.generation_alt
  return (
    <div className={styles.result}>
      <figure className={styles.stage}>
        {tryOn && generation.source_image_url !== null ? (
          <CompareSlider before={generation.source_image_url} after={image_url} after_alt={alt} />
        ) : (
          <img className={styles.image} src={image_url} alt={alt} />
        )}
        <Badge tone="picture" className={styles.mark}>
          <Icon name="sparkle" size={14} />
          {texts.ai_words}
        </Badge>
      </figure>
      <div className={styles.side}>
        <div className={styles.head}>
          <p className={styles.kicker} role="status">
            {texts.ready_title}
          </p>
          <h1>{tryOn ? texts.ready_try_on : texts.ready_generation}</h1>
        </div>
        {generation.prompt !== null && <Understood generation={generation} />}
        <LookActions generation={generation} image_url={image_url} />
        {generation.charge_info !== null && (
          <p className={styles.note}>
            {texts.charged}: {generation.charge_info.message}
          </p>
        )}
        <p className={styles.note}>{texts.ai_note}</p>
      </div>
    </div>
  )
}
