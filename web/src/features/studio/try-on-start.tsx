import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblemText } from '../../api/problems.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Generation, Product } from '../../api/types.ts'
import { useAttemptKey } from '../../api/use-attempt-key.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ChargeNote } from './charge-note.tsx'
import { PhotoChoice } from './photo-choice.tsx'
import type { PhotoSource } from './photo-source.ts'
import { usePhotoConsent } from './queries.ts'
import { givePhotoConsent, startTryOn, uploadPhoto } from './requests.ts'
import { useStudioTexts } from './texts.ts'
import { TryOnProduct } from './try-on-product.tsx'
import styles from './try-on-start.module.css'

/** Photo, consent, start. */
export function TryOnStart({
  product,
  onStarted,
}: {
  product: Product
  onStarted: (generation: Generation) => void
}) {
  const texts = useStudioTexts()
  const problemText = useProblemText()
  const consent = usePhotoConsent()
  const withKey = useAttemptKey()
  const [photo, setPhoto] = useState<PhotoSource | null>(null)
  const [agreed, setAgreed] = useState(false)
  const [tried, setTried] = useState(false)
  const [percent, setPercent] = useState(0)
  const needsConsent = photo !== null && !(photo.kind === 'stored' && !photo.own) && consent.data !== true
  const start = useMutation({
    mutationFn: async (chosen: PhotoSource) => {
      if (needsConsent) {
        await givePhotoConsent()
        await queryClient.invalidateQueries({ queryKey: ['consents'] })
      }
      const url = await uploaded(chosen, setPhoto, setPercent)
      return withKey(`${product.id} ${url}`, (headers) => startTryOn(product.id, url, headers))
    },
    onSuccess: onStarted,
  })

  function submit() {
    setTried(true)
    if (photo && (!needsConsent || agreed)) start.mutate(photo)
  }

  return (
    <div className={styles.start}>
      <PhotoChoice photo={photo} onChange={setPhoto} />
      <div className={styles.side}>
        <TryOnProduct product={product} />
        {needsConsent && (
          <Checkbox
            checked={agreed}
            onChange={setAgreed}
            error={tried && !agreed ? texts.consent_required : undefined}
          >
            {texts.consent}
          </Checkbox>
        )}
        {start.isError && (
          <Notice tone="danger" announce>
            {problemText(start.error)}
          </Notice>
        )}
        <div className={styles.action}>
          <Button
            kind="primary"
            size="large"
            icon="sparkle"
            wide
            disabled={photo === null}
            busy={start.isPending}
            onClick={submit}
          >
            {start.isPending ? texts.sending(percent) : texts.start}
          </Button>
          <ChargeNote kind="try_on" />
        </div>
      </div>
    </div>
  )
}

/** Address of the photo on the server. An uploaded file becomes a stored photo, so a second try sends it no more. */
async function uploaded(
  photo: PhotoSource,
  onStored: (photo: PhotoSource) => void,
  onPercent: (percent: number) => void,
): Promise<string> {
  if (photo.kind === 'stored') return photo.url
  const url = await uploadPhoto(photo.file, onPercent)
  onStored({ kind: 'stored', url, preview: url, own: true })
  void queryClient.invalidateQueries({ queryKey: ['person-photos'] })
  return url
}
