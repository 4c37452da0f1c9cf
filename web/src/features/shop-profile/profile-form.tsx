import { type SyntheticEvent, useRef, useState } from 'react'
import { fieldProblem } from '../../api/problem.ts'
import { useProblemText } from '../../api/problems.ts'
import type { Shop } from '../../api/types.ts'
import { useUiTexts } from '../../lib/i18n/ui-texts.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toaster.tsx'
import { changesOf, faultsOf, type ProfileDraft, profileDraftOf } from './profile-draft.ts'
import styles from './profile-form.module.css'
import { shopStateOf } from './shop-state.ts'
import { useShopTexts } from './texts.ts'
import { useChangeShop } from './use-change-shop.ts'

const DESCRIPTION_MAX = 1000

/** Names and contacts of the shop. */
export function ProfileForm({ shop }: { shop: Shop }) {
  const texts = useShopTexts()
  const ui = useUiTexts()
  const problemText = useProblemText()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState<ProfileDraft>(() => profileDraftOf(shop))
  const [isShowingFaults, setShowingFaults] = useState(false)
  const { change } = useChangeShop()
  const faults = faultsOf(draft)
  const changes = changesOf(shop, draft)
  const isUnchanged = Object.keys(changes).length === 0
  const isRejected = shopStateOf(shop) === 'rejected'
  const faultWords = { required: texts.required, phone: texts.phone_wrong }

  function error(field: keyof ProfileDraft): string | undefined {
    const fault = faults[field]
    if (isShowingFaults && fault !== undefined) return faultWords[fault]
    return fieldProblem(change.error, field)
  }
  const bind = (field: keyof ProfileDraft) => ({
    name: field,
    value: draft[field],
    error: error(field),
    onChange: (event: { target: { value: string } }) =>
      setDraft((before) => ({ ...before, [field]: event.target.value })),
  })
  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    setShowingFaults(true)
    if (Object.keys(faults).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    change.mutate(changes, {
      onSuccess: (saved) => {
        setDraft(profileDraftOf(saved))
        setShowingFaults(false)
        toast(isRejected && shopStateOf(saved) === 'pending' ? texts.saved_resubmit : texts.saved)
      },
    })
  }

  return (
    <form className={styles.form} ref={form} onSubmit={submit} noValidate>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{texts.group_public}</legend>
        <TextField
          label={texts.shop_name}
          autoComplete="organization"
          maxLength={255}
          required
          {...bind('shop_name')}
        />
        <TextArea
          label={texts.description}
          optional={ui.optional}
          maxLength={DESCRIPTION_MAX}
          hint={texts.description_hint(DESCRIPTION_MAX - draft.description.length)}
          {...bind('description')}
        />
        <div className={styles.pair}>
          <TextField
            label={texts.phone}
            type="tel"
            autoComplete="tel"
            maxLength={50}
            optional={ui.optional}
            hint={texts.phone_hint}
            {...bind('phone')}
          />
          <div className={styles.whatsapp}>
            <TextField
              label={texts.whatsapp}
              type="tel"
              maxLength={50}
              optional={ui.optional}
              hint={texts.whatsapp_hint}
              {...bind('whatsapp_number')}
            />
            {draft.phone.trim() !== '' && draft.phone !== draft.whatsapp_number && (
              <Button
                size="small"
                kind="quiet"
                onClick={() => setDraft((before) => ({ ...before, whatsapp_number: before.phone }))}
              >
                {texts.whatsapp_same}
              </Button>
            )}
          </div>
        </div>
        <TextField
          label={texts.address}
          autoComplete="street-address"
          maxLength={500}
          optional={ui.optional}
          hint={texts.address_hint}
          {...bind('address')}
        />
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{texts.group_private}</legend>
        <TextField
          label={texts.owner_name}
          autoComplete="name"
          maxLength={255}
          required
          {...bind('owner_name')}
        />
        <TextField label={texts.email} value={shop.email} hint={texts.email_hint} readOnly />
      </fieldset>
      {change.isError && (
        <Notice tone="danger" title={texts.save_failed} announce>
          {problemText(change.error)}
        </Notice>
      )}
      <div className={styles.submit}>
        <Button
          type="submit"
          kind="primary"
          busy={change.isPending}
          disabled={isUnchanged}
          {...(isUnchanged ? { 'aria-describedby': 'unchanged' } : {})}
        >
          {isRejected ? texts.save_resubmit : texts.save}
        </Button>
        {isUnchanged && (
          <p className={styles.why} id="unchanged">
            {texts.nothing_changed}
          </p>
        )}
      </div>
    </form>
  )
}
