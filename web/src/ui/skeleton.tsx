import { classNames } from '../lib/class-names.ts'
import styles from './skeleton.module.css'

type SkeletonProps = { shape?: 'line' | 'title' | 'picture' | 'block'; className?: string | undefined }

/** Stands where something will appear. Silent: the region around it says that it is busy. */
export function Skeleton({ shape = 'line', className }: SkeletonProps) {
  return <span aria-hidden="true" className={classNames(styles.skeleton, styles[shape], className)} />
}
