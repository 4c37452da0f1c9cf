/** Endings a stem may take, in folded spelling (see normalise.ts). They keep "сердце" from being read as "сер-ый". */

const russianAdjective =
  /^(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ых|их|ыми|ими|ую|юю|ей|ом|ем|а|о|ы|и|енький|енькая|енькое|енькие|енькую|енького)?$/

const russianNoun =
  /^(?:а|у|ы|и|е|о|я|ю|ь|й|ой|ою|ей|ею|ом|ем|ам|ям|ами|ями|ах|ях|ов|ев|ек|ок|ка|ки|ку|ке|кой|ками|ик|ики|иков|чик|чики|очка|очки|очку|очкой|ие|ия|ье|ья|ью|ьев|ьям|ьях|ьями|ьем|ьице)?$/

const kazakhSuffixes =
  /^(?:лар|лер|дар|дер|тар|тер)?(?:ымыз|имиз|ыныз|иниз|ым|им|ын|ин|ы|и|сы|си|м|н)?(?:лы|ли|ды|ди|ты|ти|сыз|сиз|лык|лик|дык|дик|рак|рек)?(?:нын|нин|дын|дин|тын|тин|га|ге|ка|ке|на|не|ны|ни|ды|ди|ты|ти|да|де|та|те|нда|нде|дан|ден|тан|тен|нан|нен|мен|бен|пен)?$/

const englishSuffixes = /^(?:s|es|ed|d|y|ish|ing)?$/

export type WordForm = 'exact' | 'ru_adjective' | 'ru_noun' | 'kk' | 'en'

const endingsOf: Readonly<Record<Exclude<WordForm, 'exact'>, RegExp>> = {
  ru_adjective: russianAdjective,
  ru_noun: russianNoun,
  kk: kazakhSuffixes,
  en: englishSuffixes,
}

export function allowsEnding(form: WordForm, ending: string): boolean {
  if (form === 'exact') return ending === ''
  return endingsOf[form].test(ending)
}
