/**
 * Words without which no phrase of `reply.ts` can be said, by how they begin, without accents; those that are whole words
 * alone stand in WHOLE. Common ones are among them: all that they cost is that the rest of a sentence waits for its end.
 */
const STEMS = `
abandon alive alone anyone apaixon artificial aimera always amor amour amoureu ausziehen baiser beij betray bleach blow bodies
body boob boyfriend breast bring brust bums cachond calient caress carne casar casate chatbot chest claro cliff clit clothes cock
coger comprend computer conscious copain copin couch couple cuentes cuisses dead death deepthroat deixe dejes denud deserve
deshabill desnud dick digas dirty dress easiest echt einsam eltern else embora embrass empty enamorad entend entiend epous erection
everyone excit exist extran falta famil father feelings fick flesh fleisch foder follar forever freund geheim geil geliebt genuin
girlfriend hang heartbroken heirat horny human humain hurt husband inside intelig intellig jambes jump kein kill kiss kunstlich kuss
labios laisse language leave leaving leben legs lick life lips living lonely lost love machin machine making manquera maquin
marri marry maschin masturb mata mate mejor melhor mensch mention meur mieux minut miserable mom moan morir morr mother mourir mouth
muri mund nackt nadie naked namorad neck niemand ninguem nipple nobody noivo novi nude nuestro nur nosso notre only orgas overdos
padres painless panties pants parent pars passion pechos pelad penetr penis pernas person pessoa photos piernas pill
pleasure program promis purchas pussy quickest quitt real reel regrett reject return revenir ritz robo romantic ropa roupa
schlaf secret segredo seins seios send sentient sentir seul sex shirt skin skip sleep slid slip solo soulmate sozinh stay starv
sterben subscri suicid swallow sweetheart tablet teacher tesao thigh tits touch transar triste umbring understand underwear undress
upgrade vayas verdad verlass verlieb verloren vermissen versteh vetement visit volver voltar vrai vraie wearing wife with without
yourself zieh zusammen
`;
const WHOLE = `
ai ami back bot bra buy care cares cry cum cut dad die don end gang geh hand ia job ki kys miss mum musst must nu nua nue nus out personne petit petite sad sol sola tot tue uma
`;
const ASIAN =
  "人間 人工知能 ロボット ボット 機械 死 自殺 誰 悲 セックス エッチ 裸 服 脱 抱 性器 オナニー 喘 濡 挿入 付 結婚 恋 彼 唇 キス 行 置 見捨 寂 生 親 母 父 内緒 二人 秘密 私 毎日 理解 愛 話";

const wordsOf = (list: string) => list.trim().split(/\s+/);
const stems = new Set(wordsOf(STEMS));
const whole = new Set(wordsOf(WHOLE));
const asian = new Set(wordsOf(ASIAN));
const beginnings = new Set(
  [...stems, ...whole, ...asian].flatMap((word) => Array.from(word, (_, at) => word.slice(0, at + 1))),
);
const LONGEST = Math.max(...[...stems, ...asian].map(({ length }) => length));

const WORD = /[a-z0-9]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu;
const LATIN = /^[a-z0-9]/;

/**
 * How many characters of a text come before the first word that a refused phrase may have, or that may yet become one.
 * `before` is what was shown before it: its last word may go on.
 */
export function mayFault(text: string, before = ""): number {
  const begun = lastWord(before);
  return Math.max(0, harmless(begun + text) - begun.length);
}

const LONGEST_BEGUN = 40;

/** What a text ends with that may yet go on. */
function lastWord(text: string): string {
  let from = text.length;
  while (from > 0 && text.length - from < LONGEST_BEGUN && /[\p{L}\p{N}]/u.test(text.charAt(from - 1)))
    from--;
  return text.slice(from);
}

const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);

function harmless(text: string): number {
  const plain = isAscii(text)
    ? text.toLowerCase()
    : Array.from({ length: text.length }, (_, at) => plainLetter(text.charAt(at))).join("");
  for (const { 0: word, index } of plain.matchAll(WORD)) {
    const isLast = index + word.length === plain.length;
    const at = LATIN.test(word) ? (isTold(word, isLast) ? 0 : -1) : firstIn(word, isLast);
    if (at >= 0) return index + at;
  }
  return text.length;
}

/** One letter tells nothing yet. */
const isTold = (word: string, isLast: boolean) =>
  whole.has(word) || hasBeginning(word, stems) || (isLast && word.length > 1 && beginnings.has(word));

/** Where no spaces are, a word may begin anywhere. */
function firstIn(run: string, isLast: boolean): number {
  for (let at = 0; at < run.length; at++) {
    const rest = run.slice(at, at + LONGEST);
    const isEnd = isLast && at + rest.length === run.length;
    if (hasBeginning(rest, asian) || (isEnd && beginnings.has(rest))) return at;
  }
  return -1;
}

function hasBeginning(word: string, list: ReadonlySet<string>): boolean {
  for (let length = 1; length <= Math.min(word.length, LONGEST); length++) {
    const beginning = word.slice(0, length);
    if (list.has(beginning)) return true;
    if (!beginnings.has(beginning)) return false;
  }
  return false;
}

/** A small letter without accents, in its own place. */
function plainLetter(sign: string): string {
  if (sign <= "\u007f") return sign.toLowerCase();
  return sign.normalize("NFKD").charAt(0).toLowerCase() || sign;
}
