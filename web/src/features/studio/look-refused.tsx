import type { Generation } from '../../api/types.ts'
import { LinkButton } from '../../lib/router/link-button.tsx'
import { paths } from '../../paths.ts'
import { State } from '../../ui/state.tsx'
import styles from './look-refused.module.css'
import { PhotoTips } from './photo-tips.tsx'
import { useStudioTexts } from './texts.ts'

/** A refusal with the server's advice: better no picture than a bad one. */
export function LookRefused({ generation }: { generation: Generation }) {
  const texts = useStudioTexts()
  const cancelled = generation.status === 'cancelled'
  const tryOn = generation.type === 'try_on'
  const title = cancelled ? texts.cancelled_title : texts.failed_title
  return (
    <div className={styles.refused}>
      <State
        level={1}
        icon={cancelled ? 'close' : 'image'}
        title={title}
        announce
        action={
          tryOn && generation.product_id !== null ? (
            <>
              <LinkButton kind="primary" icon="image" to={paths.tryOn(generation.product_id)}>
                {texts.other_photo}
              </LinkButton>
              <LinkButton to={paths.catalog()}>{texts.try_other}</LinkButton>
            </>
          ) : (
            <LinkButton kind="primary" to={paths.create(generation.prompt ?? undefined)}>
              {texts.change_words}
            </LinkButton>
          )
        }
      >
        <p>{cancelled ? texts.cancelled_text : generation.error?.message}</p>
        {!cancelled && <p className={styles.returned}>{texts.returned}</p>}
      </State>
      {!cancelled && tryOn && (
        <div className={styles.more}>
          {generation.source_image_url !== null && (
            <img className={styles.photo} src={generation.source_image_url} alt={texts.source_alt} />
          )}
          <PhotoTips />
        </div>
      )}
      {!tryOn && generation.prompt !== null && (
        <p className={styles.prompt}>
          {texts.your_words}: «{generation.prompt}»
        </p>
      )}
    </div>
  )
}
