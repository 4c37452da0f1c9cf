import { aroundAll, aroundEach } from 'vitest'
import { asSystem } from '#infra/wall.ts'

/**
 * Tests arrange and look as the platform does. A request that they send is walled as any other: the HTTP edge declares
 * its viewpoint anew.
 */
aroundAll((runSuite) => asSystem(runSuite))
aroundEach((runTest) => asSystem(runTest))
