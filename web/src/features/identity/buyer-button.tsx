import { useMutation } from '@tanstack/react-query'
import { useProblemText } from '../../api/problems.ts'
import { switchProfile } from '../../api/switch-profile.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useIdentityTexts } from './texts.ts'

/** For a shop: go on as a buyer, without a new sign-in. The page turns into the buyer's by itself. */
export function BuyerButton({ kind }: { kind?: 'primary' }) {
  const texts = useIdentityTexts()
  const problemText = useProblemText()
  const become = useMutation({ mutationFn: () => switchProfile('user') })
  return (
    <>
      <Button
        {...(kind ? { kind } : {})}
        size="large"
        icon="hanger"
        busy={become.isPending}
        onClick={() => become.mutate()}
      >
        {texts.as_buyer}
      </Button>
      {become.isError && (
        <Notice tone="danger" announce>
          {problemText(become.error)}
        </Notice>
      )}
    </>
  )
}
