import { useAccountType } from '../../api/browser-session.ts'
import { YourData } from '../../features/compliance/your-data.tsx'
import { ShopAccount } from '../../features/identity/shop-account.tsx'
import { useIdentityTexts } from '../../features/identity/texts.ts'
import { UserAccount } from '../../features/identity/user-account.tsx'
import { MyPicture } from '../../features/profile-picture/my-picture.tsx'
import { PageTitle } from '../../lib/router/page-title.tsx'
import { Preferences } from '../shell/preferences.tsx'
import { RequireAccount } from '../shell/require-account.tsx'

export function AccountPage() {
  const texts = useIdentityTexts()
  const account_type = useAccountType()
  return (
    <>
      <PageTitle>{texts.profile}</PageTitle>
      {account_type === 'shop' ? (
        <ShopAccount preferences={<Preferences />} />
      ) : (
        <RequireAccount kind="user">
          <UserAccount preferences={<Preferences />} picture={<MyPicture />} your_data={<YourData />} />
        </RequireAccount>
      )}
    </>
  )
}
