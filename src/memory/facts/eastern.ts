import { rule, taste, type Grammar } from "./fact";

const END = "(?=[，。！、；\\s]|$)";
const ZH_KIN: Record<string, string> = {
  妈妈: "mother",
  母亲: "mother",
  爸爸: "father",
  父亲: "father",
  妻子: "wife",
  老婆: "wife",
  丈夫: "husband",
  老公: "husband",
  女朋友: "girlfriend",
  男朋友: "boyfriend",
  姐姐: "姐姐",
  妹妹: "妹妹",
  哥哥: "哥哥",
  弟弟: "弟弟",
  女儿: "女儿",
  儿子: "儿子",
  奶奶: "奶奶",
  爷爷: "爷爷",
};
const JA_KIN: Record<string, string> = {
  母: "mother",
  お母さん: "mother",
  父: "father",
  お父さん: "father",
  妻: "wife",
  夫: "husband",
  彼女: "girlfriend",
  彼氏: "boyfriend",
  姉: "姉",
  妹: "妹",
  兄: "兄",
  弟: "弟",
  娘: "娘",
  息子: "息子",
  祖母: "祖母",
  祖父: "祖父",
};
const single = /^[a-z]+$/;
const among = (kin: Record<string, string>) => (who: string, name: string) => {
  const key = kin[who] ?? who;
  return single.test(key) ? key : `${key}:${name}`;
};
const any = (kin: Record<string, string>) => Object.keys(kin).join("|");
const of = (text: string) => new RegExp(text, "u");

const isAge = (age: string) => (Number(age) >= 5 && Number(age) <= 110 ? "age" : null);

export const CHINESE: Grammar = {
  doubt:
    /[?？吗呢]\s*$|如果|要是|假如|假装|可能|也许|好像|不是|没有|不在|以前|曾经|别人|他说|她说|小说|游戏|故事|角色|开玩笑/u,
  rules: [
    rule(
      "name",
      of(
        `我(?:的名字)?(?:叫做?|名叫)(?![他她它你您们大人外车一这那爸妈老服救])([\\p{Script=Han}]{2,4}|\\p{Lu}\\p{L}+)${END}`,
      ),
    ),
    rule("age", of(`我(?:今年)?(\\d{1,3})岁`), isAge),
    rule(
      "home",
      of(
        `我(?:现在|目前)?(?:住在|搬到了?)(?![一这那个小大自家里外楼城乡海山梦])([\\p{Script=Han}]{2,8}?)(?:了)?${END}`,
      ),
    ),
    rule(
      "work",
      of(
        `我是(?:一)?(?:名|个|位)([\\p{Script=Han}]{0,6}(?:师|生|员|家|医|手|警察|厨师|司机|护士|教授|律师|翻译|设计师))${END}`,
      ),
      () => "work",
    ),
    rule("work", of(`我在([\\p{Script=Han}\\p{L}]{2,10})(?:工作|上班)`), () => "work"),
    rule(
      "kin",
      of(
        `我(?:的|有个|有一个)?(${any(ZH_KIN)})(?:的名字)?叫做?([\\p{Script=Han}]{2,4}|\\p{Lu}\\p{L}+)${END}`,
      ),
      among(ZH_KIN),
    ),
    rule(
      "pet",
      of(
        `(?:我|我们)(?:家)?(?:的|有一只|养了一只|养了一条)?(狗|猫|兔子|鹦鹉|仓鼠)叫([\\p{Script=Han}]{1,4}|\\p{Lu}\\p{L}+)${END}`,
      ),
      (pet, name) => `${pet}:${name}`,
    ),
    rule("like", /我(?:很|最|特别|非常)?喜欢([^，。！？]{1,20})/u, taste),
    rule("dislike", /我(?:很|最|特别|非常)?(?:讨厌|不喜欢)([^，。！？]{1,20})/u, taste),
  ],
};

export const JAPANESE: Grammar = {
  doubt:
    /[?？]\s*$|か[。？]?\s*$|もし|なら|たら|かもしれ|じゃない|ではない|ません|昔は|以前は|みたい|らしい|と言っ|小説|ゲーム|物語|役|冗談/u,
  rules: [
    rule(
      "name",
      of(
        `(?:私|僕|俺)の名前は([\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー]{1,8}?)(?:です|だよ|といいます)`,
      ),
    ),
    rule("name", of(`^([\\p{Script=Han}\\p{Script=Katakana}ー]{2,8})と(?:申します|いいます)`)),
    rule(
      "age",
      of(
        `(?:(?:私|僕|俺)(?:は|、)?|(?<![はがも、]))(?:今年で?|今)?(?<![はがも\\d])(\\d{1,3})歳(?:です|だよ|になりました)`,
      ),
      isAge,
    ),
    rule(
      "home",
      of(
        `([\\p{Script=Han}\\p{Script=Katakana}ー]{2,10})に(?:住んで(?:い)?(?:ます|る)|引っ越しました|引っ越した)`,
      ),
    ),
    rule(
      "work",
      of(`(?:私|僕|俺)の仕事は([\\p{Script=Han}\\p{Script=Katakana}ー]{2,10})(?:です|だよ)`),
      () => "work",
    ),
    rule(
      "work",
      of(`([\\p{Script=Han}\\p{Script=Katakana}ー]{2,10})として働いて(?:い)?(?:ます|る)`),
      () => "work",
    ),
    rule(
      "kin",
      of(
        `(?:私の|僕の|うちの)?(${any(JA_KIN)})の名前は([\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー]{1,8}?)(?:です|だよ|といいます)`,
      ),
      among(JA_KIN),
    ),
    rule(
      "pet",
      of(
        `(?:うちの|私の|僕の|飼っている)?(犬|猫|うさぎ|ハムスター|インコ)の名前は([\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}ー]{1,8}?)(?:です|だよ|といいます)`,
      ),
      (pet, name) => `${pet}:${name}`,
    ),
    rule("like", /([^。、！？]{1,16}?)が(?:大好き|好き)(?:です|だ|なん)/u, taste),
    rule("dislike", /([^。、！？]{1,16}?)が(?:大嫌い|嫌い|苦手)(?:です|だ|なん)/u, taste),
  ],
};
