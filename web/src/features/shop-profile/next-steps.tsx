import { Link } from 'react-router'
import { usePlatform } from '../../api/platform.ts'
import type { Shop } from '../../api/types.ts'
import { useLanguage } from '../../lib/i18n/language.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import styles from './shop-overview.module.css'
import { missingOf, type Step, type StepFacts, stepsFor } from './shop-state.ts'
import { useShopTexts } from './texts.ts'

/** What is worth doing now, each line with the way to it. */
export function NextSteps({ shop, cards }: { shop: Shop; cards: StepFacts['cards'] }) {
  const texts = useShopTexts()
  const { approval_fee } = usePlatform()
  const steps = stepsFor({ shop, approval_fee, cards })
  const words = useStepWords(shop, approval_fee)
  if (steps[0] === 'done') return null
  return (
    <section aria-labelledby="next-title" className={styles.section}>
      <h2 id="next-title">{texts.next_title}</h2>
      <ol className={styles.steps}>
        {steps.map((step) => {
          const { title, text, to, icon } = words(step)
          return (
            <li key={step} className={styles.step}>
              <Link className={styles.stepLink} to={to}>
                <span className={styles.stepIcon}>
                  <Icon name={icon} size={20} />
                </span>
                <span className={styles.stepWords}>
                  <span className={styles.stepTitle}>{title}</span>
                  <span className={styles.stepText}>{text}</span>
                </span>
                <Icon name="right" size={18} />
              </Link>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

type StepWords = { title: string; text: string; to: string; icon: IconName }

function useStepWords(shop: Shop, approval_fee: number | null): (step: Step) => StepWords {
  const texts = useShopTexts()
  const language = useLanguage()
  const { currency } = usePlatform()
  const fields = {
    description: texts.missing_description,
    phone: texts.missing_phone,
    whatsapp_number: texts.missing_whatsapp,
    address: texts.missing_address,
  }
  const words: Record<Step, StepWords> = {
    fix: {
      title: texts.step_fix,
      text: texts.step_fix_text,
      to: paths.shopProducts({ status: 'rejected' }),
      icon: 'edit',
    },
    profile: {
      title: texts.step_profile,
      text: texts.step_profile_text(
        missingOf(shop)
          .map((field) => fields[field])
          .join(', '),
      ),
      to: paths.shopProfile(),
      icon: 'shop',
    },
    balance: {
      title: texts.step_balance,
      text: texts.step_balance_text(formatMoney(approval_fee ?? 0, currency, language)),
      to: paths.shopTransactions(),
      icon: 'wallet',
    },
    first: { title: texts.step_first, text: texts.step_first_text, to: paths.shopNewProduct(), icon: 'plus' },
    add: { title: texts.step_add, text: texts.step_add_text, to: paths.shopNewProduct(), icon: 'plus' },
    done: { title: texts.step_done, text: '', to: paths.shop(), icon: 'check' },
  }
  return (step) => words[step]
}
