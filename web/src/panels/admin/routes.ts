import type { RouteObject } from 'react-router'
import { patterns } from '../../paths.ts'

/** Pages of the admin panel; each is a chunk of its own. */
export const adminRoutes: RouteObject = {
  lazy: async () => ({ Component: (await import('./layout.tsx')).AdminLayout }),
  children: [
    {
      path: patterns.admin,
      lazy: async () => ({ Component: (await import('./overview-page.tsx')).OverviewPage }),
    },
    {
      path: patterns.moderation,
      lazy: async () => ({ Component: (await import('./moderation-page.tsx')).ModerationPage }),
    },
    {
      path: patterns.moderationCard,
      lazy: async () => ({ Component: (await import('./moderation-page.tsx')).ModerationPage }),
    },
    {
      path: patterns.adminUsers,
      lazy: async () => ({ Component: (await import('./users-page.tsx')).UsersPage }),
    },
    {
      path: patterns.adminUser,
      lazy: async () => ({ Component: (await import('./user-page.tsx')).UserPage }),
    },
    {
      path: patterns.adminAudit,
      lazy: async () => ({ Component: (await import('./audit-page.tsx')).AuditPage }),
    },
    {
      path: patterns.adminShops,
      lazy: async () => ({ Component: (await import('./shops-page.tsx')).ShopsPage }),
    },
    {
      path: patterns.adminSettings,
      lazy: async () => ({ Component: (await import('./settings-page.tsx')).SettingsPage }),
    },
    {
      path: patterns.adminApprovals,
      lazy: async () => ({ Component: (await import('./approvals-page.tsx')).ApprovalsPage }),
    },
    {
      path: patterns.adminSecurity,
      lazy: async () => ({ Component: (await import('./security-page.tsx')).SecurityPage }),
    },
  ],
}
