import styles from './icon.module.css'

/** Drawn for Leema on a 24 px grid with a 1.5 px line. */
const PATHS = {
  home: 'M4 10.5 12 4l8 6.5V20h-5.5v-5.5h-5V20H4z',
  grid: 'M4.5 4.5h6v7h-6zM13.5 4.5h6v4h-6zM13.5 12.5h6v7h-6zM4.5 15.5h6v4h-6z',
  sparkle:
    'M11 4c.6 4.4 2.6 6.4 7 7-4.4.6-6.4 2.6-7 7-.6-4.4-2.6-6.4-7-7 4.4-.6 6.4-2.6 7-7zM18.5 15.5c.25 1.7 1 2.5 2.5 2.75-1.5.25-2.25 1-2.5 2.75-.25-1.75-1-2.5-2.5-2.75 1.5-.25 2.25-1.05 2.5-2.75z',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 7.5V12l3 2',
  user: 'M12 4.5a3.75 3.75 0 1 1 0 7.5 3.75 3.75 0 0 1 0-7.5zM4.75 20c.6-3.6 3.4-5.25 7.25-5.25S18.65 16.4 19.25 20',
  search: 'M10.75 4.5a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5zM15.5 15.5 20 20',
  camera: 'M4 8.25h3.5L9 5.5h6l1.5 2.75H20v10.5H4zM12 10a3.25 3.25 0 1 1 0 6.5 3.25 3.25 0 0 1 0-6.5z',
  image: 'M4.5 5h15v14h-15zM4.5 16l4.5-4.5 4 4 2.5-2.5 4 4M15 9.25h.01',
  upload: 'M12 15.5V4.5M7.5 8.75 12 4.25l4.5 4.5M4.5 15.5V20h15v-4.5',
  download: 'M12 4v11M7.5 10.75 12 15.25l4.5-4.5M4.5 16v4h15v-4',
  hanger: 'M9.75 7.25A2.25 2.25 0 1 1 12 9.5v2l8 5.25c.9.6.5 2-.6 2H4.6c-1.1 0-1.5-1.4-.6-2L12 11.5',
  close: 'M5.5 5.5l13 13M18.5 5.5l-13 13',
  check: 'M5 12.5l4.75 4.75L19.25 7',
  left: 'M14.5 5.5 8 12l6.5 6.5',
  right: 'M9.5 5.5 16 12l-6.5 6.5',
  down: 'M5.5 9.5 12 16l6.5-6.5',
  sun: 'M12 8.25a3.75 3.75 0 1 1 0 7.5 3.75 3.75 0 0 1 0-7.5zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  moon: 'M19.5 14.25A7.75 7.75 0 0 1 9.75 4.5a7.75 7.75 0 1 0 9.75 9.75z',
  auto: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 4v16M12 7.5l5.5 0M12 11h7.6M12 14.5h7',
  eye: 'M2.75 12C5 8 8.25 6 12 6s7 2 9.25 6C19 16 15.75 18 12 18s-7-2-9.25-6zM12 9.25a2.75 2.75 0 1 1 0 5.5 2.75 2.75 0 0 1 0-5.5z',
  eye_off:
    'M4 4l16 16M9.5 6.4A9 9 0 0 1 12 6c3.75 0 7 2 9.25 6a15 15 0 0 1-2.6 3.3M6 7.6A14.5 14.5 0 0 0 2.75 12C5 16 8.25 18 12 18c1.5 0 2.9-.3 4.2-.9M10 10a2.75 2.75 0 0 0 4 4',
  warning: 'M12 4.5 21 19.5H3zM12 10v4.5M12 17h.01',
  info: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 11v5M12 8h.01',
  offline:
    'M4 4l16 16M8.5 12.25a6 6 0 0 1 3-1.2M5 9a11 11 0 0 1 3.5-2.1M12 6c2.7 0 5.1 1.1 7 3M15.5 12.25l-.9-.7M12 17.5h.01',
  trash: 'M5 7h14M9.5 7V4.5h5V7M6.75 7l.75 12.5h9L17.25 7M10.25 10.5v5.5M13.75 10.5v5.5',
  star: 'M12 4.25l2.3 4.9 5.2.7-3.8 3.7.95 5.3L12 16.3l-4.65 2.55.95-5.3-3.8-3.7 5.2-.7z',
  filter: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  shop: 'M4.5 9.5 6 4.5h12l1.5 5M5.5 11v8.5h13V11M4.5 9.5c0 2.2 3.7 2.2 3.75 0 0 2.2 3.75 2.2 3.75 0 0 2.2 3.75 2.2 3.75 0 .05 2.2 3.75 2.2 3.75 0M10 19.5v-4.5h4v4.5',
  shield: 'M12 3.75 5 6.25v5.5c0 4 2.7 7 7 8.5 4.3-1.5 7-4.5 7-8.5v-5.5z',
  arrows: 'M8.5 7 3.5 12l5 5M15.5 7l5 5-5 5',
  plus: 'M12 5v14M5 12h14',
  mail: 'M4 6h16v12.5H4zM4 7l8 6 8-6',
  edit: 'M4.5 19.5l.9-4L16 4.9l3.1 3.1L8.5 18.6zM13.5 7.4l3.1 3.1',
  exit: 'M14 4.5H5.5v15H14M10 12h10M16.5 8.25 20.25 12l-3.75 3.75',
  wallet: 'M4 7h14.5v12H4zM4 7l11-3v3M18.5 11H15a2 2 0 0 0 0 4h3.5',
  key: 'M8 11.5a4.25 4.25 0 1 1 0 8.5 4.25 4.25 0 0 1 0-8.5zM11 12.75 19.75 4M16 7.75l3 3',
  lock: 'M5.5 10.5h13V20h-13zM8.5 10.5v-3a3.5 3.5 0 0 1 7 0v3M12 14v2.5',
  phone: 'M7.5 3.5h9v17h-9zM11 17.75h2',
  laptop: 'M5.5 5.5h13v9.5h-13zM2.75 18.5h18.5',
  copy: 'M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4',
  printer: 'M7 9V4.5h10V9M7 16.5H4.5V9h15v7.5H17M7 13.5h10v6H7z',
} as const

export type IconName = keyof typeof PATHS

type IconProps = { name: IconName; size?: number; filled?: boolean }

/** A decoration: the control it stands in carries the name. */
export function Icon({ name, size = 22, filled = false }: IconProps) {
  return (
    <svg
      className={styles.icon}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
