import { textsHook } from './texts.ts'

type UiTexts = {
  close: string
  cancel: string
  loading: string
  back: string
  retry: string
  show_more: string
  optional: string
}

/** The few words that every page needs. */
export const useUiTexts = textsHook<UiTexts>({
  ru: {
    close: 'Закрыть',
    cancel: 'Отмена',
    loading: 'Загрузка…',
    back: 'Назад',
    retry: 'Повторить',
    show_more: 'Показать ещё',
    optional: 'необязательно',
  },
  kk: {
    close: 'Жабу',
    cancel: 'Бас тарту',
    loading: 'Жүктелуде…',
    back: 'Артқа',
    retry: 'Қайталау',
    show_more: 'Тағы көрсету',
    optional: 'міндетті емес',
  },
  en: {
    close: 'Close',
    cancel: 'Cancel',
    loading: 'Loading…',
    back: 'Back',
    retry: 'Try again',
    show_more: 'Show more',
    optional: 'optional',
  },
})
