import { enPlural, ruPlural } from './plural.ts'
import { textsHook } from './texts.ts'

type UiTexts = {
  close: string
  cancel: string
  loading: string
  back: string
  retry: string
  show_more: string
  optional: string
  search_clear: string
  pages: string
  page_previous: string
  page_next: string
  page_of: (page: number, pages: number | null) => string
  reason: string
  reason_placeholder: string
  reason_short: (missing: number) => string
  reason_left: (left: number) => string
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
    search_clear: 'Очистить поиск',
    pages: 'Страницы',
    page_previous: 'Предыдущая страница',
    page_next: 'Следующая страница',
    page_of: (page, pages) => (pages === null ? `Страница ${page}` : `Страница ${page} из ${pages}`),
    reason: 'Причина',
    reason_placeholder: 'От 10 до 1000 знаков',
    reason_short: (missing) => `Ещё хотя бы ${missing} ${ruPlural(missing, 'знак', 'знака', 'знаков')}`,
    reason_left: (left) => `Осталось знаков: ${left}`,
  },
  kk: {
    close: 'Жабу',
    cancel: 'Бас тарту',
    loading: 'Жүктелуде…',
    back: 'Артқа',
    retry: 'Қайталау',
    show_more: 'Тағы көрсету',
    optional: 'міндетті емес',
    search_clear: 'Іздеуді тазалау',
    pages: 'Беттер',
    page_previous: 'Алдыңғы бет',
    page_next: 'Келесі бет',
    page_of: (page, pages) => (pages === null ? `${page}-бет` : `${pages} беттің ${page}-беті`),
    reason: 'Себебі',
    reason_placeholder: '10-нан 1000 таңбаға дейін',
    reason_short: (missing) => `Тағы кемінде ${missing} таңба`,
    reason_left: (left) => `Қалған таңба: ${left}`,
  },
  en: {
    close: 'Close',
    cancel: 'Cancel',
    loading: 'Loading…',
    back: 'Back',
    retry: 'Try again',
    show_more: 'Show more',
    optional: 'optional',
    search_clear: 'Clear the search',
    pages: 'Pages',
    page_previous: 'Previous page',
    page_next: 'Next page',
    page_of: (page, pages) => (pages === null ? `Page ${page}` : `Page ${page} of ${pages}`),
    reason: 'Reason',
    reason_placeholder: 'From 10 to 1000 characters',
    reason_short: (missing) => `At least ${missing} more ${enPlural(missing, 'character', 'characters')}`,
    reason_left: (left) => `Characters left: ${left}`,
  },
})
