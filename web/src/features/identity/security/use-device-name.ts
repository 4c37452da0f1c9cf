import { deviceOf } from './device-name.ts'
import type { DeviceSession } from './queries.ts'
import { useSecurityTexts } from './texts.ts'

type Known = Pick<DeviceSession, 'user_agent' | 'platform'>

/** «Chrome, Windows», as far as the device tells. */
export function useDeviceName(): (device: Known) => string {
  const texts = useSecurityTexts()
  return ({ user_agent, platform }) => {
    const { browser, system } = deviceOf(user_agent)
    if (browser !== null && system !== null) return texts.device_on(browser, system)
    if (platform === 'mobile')
      return system === null ? texts.device_app : texts.device_on(texts.device_app, system)
    return browser ?? system ?? texts.device_unknown
  }
}
