import { DevicesSection } from './devices-section.tsx'
import { EmailSection } from './email-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SecondStepSection } from './second-step-section.tsx'
import styles from './section.module.css'
import { SignOut } from './sign-out.tsx'
import { useSecurityTexts } from './texts.ts'

/** Everything about how an account signs in, the same for buyers, shops and admins. */
export function SecuritySettings() {
  const texts = useSecurityTexts()
  return (
    <div className={styles.settings}>
      <header>
        <h1>{texts.title}</h1>
        <p className={styles.text}>{texts.lead}</p>
      </header>
      <SecondStepSection />
      <PasswordSection />
      <EmailSection />
      <DevicesSection />
      <SignOut />
    </div>
  )
}
