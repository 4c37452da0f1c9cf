export type Device = { browser: string | null; system: string | null; is_handheld: boolean }

/** First match wins: most browsers also name the ones they descend from. */
const BROWSERS: readonly [RegExp, string][] = [
  [/YaBrowser\//, 'Yandex Browser'],
  [/EdgA?\/|EdgiOS\//, 'Edge'],
  [/OPR\/|OPT\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/MiuiBrowser\//, 'Mi Browser'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/(Headless)?Chrome\/|CriOS\//, 'Chrome'],
  [/Version\/.+Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
]
const HANDHELD = /iPhone|iPod|iPad|Android|Mobile/

/** What a person calls the program and the machine that a `User-Agent` comes from. */
export function deviceOf(user_agent: string | null): Device {
  const text = user_agent ?? ''
  return {
    browser: nameIn(BROWSERS, text),
    system: nameIn(SYSTEMS, text),
    is_handheld: HANDHELD.test(text),
  }
}

function nameIn(names: readonly [RegExp, string][], text: string): string | null {
  return names.find(([pattern]) => pattern.test(text))?.[1] ?? null
}
