import { describe, expect, it } from "vitest";

import { findFacts, MAX_FACT_LENGTH } from "../../src/memory/facts/extract";

const found = (text: string) => findFacts(text).map(({ kind, key }) => `${kind} ${key}`);

describe("what somebody says of themselves", () => {
  it.each([
    ["My name is Anna and I live in Berlin.", ["name name", "home home"]],
    ["I'm 34 years old.", ["age age"]],
    ["I work as a nurse at the hospital.", ["work work"]],
    ["I'm a software engineer at Siemens.", ["work work"]],
    ["My sister Ruth called yesterday.", ["kin sister:Ruth"]],
    ["My wife's name is Clara", ["kin wife"]],
    ["We adopted a puppy named Biscuit!", ["pet dog:Biscuit"]],
    ["I moved to New York last year.", ["home home"]],
    ["I have an exam on Friday.", ["plan i have an exam on friday"]],
    ["I love hiking in the mountains.", ["like taste:hiking in the mountains"]],
    ["I can't stand coriander", ["dislike taste:coriander"]],
    ["Ich heiße Jonas. Ich wohne in Köln.", ["name name", "home home"]],
    ["Meine Schwester heißt Lena.", ["kin Schwester:Lena"]],
    ["Ich bin 45 Jahre alt und arbeite viel.", ["age age"]],
    ["我叫小明，我住在上海。", ["name name", "home home"]],
    ["我的妹妹叫小红。", ["kin 妹妹:小红"]],
    ["私の名前は田中です。東京に住んでいます。", ["name name", "home home"]],
    ["犬の名前はポチです。", ["pet 犬:ポチ"]],
    ["my brother Tom's on a boat now", ["kin brother:Tom"]],
    ["Our son, Ned, has the flu.", ["kin son:Ned"]],
    ["gran's called Winifred", ["kin grandmother:Winifred"]],
    ["The hamster's name is Pumpkin.", ["pet hamster:Pumpkin"]],
    ["i work nights in a bakery", ["work work"]],
    ["As a plumber I see a lot.", ["work work"]],
    ["I'm training to be a midwife.", ["work work"]],
    ["I've been a nurse for nine years.", ["work work"]],
    ["I'm sixty-one and still cycling.", ["age age"]],
    ["We fly to Rome on the 9th of May.", ["plan we fly to rome on the 9th of may"]],
    ["Meine Tochter Frieda lernt Geige.", ["kin Tochter:Frieda"]],
    ["Mein Mann, der Klaus, kocht.", ["kin husband"]],
    ["Gestern war unser Kater Murr beim Arzt.", ["pet Kater:Murr"]],
    ["Nennt mich ruhig Gitti.", ["name name"]],
    ["Me llamo Inés y vivo en Cádiz.", ["name name", "home home"]],
    ["Tengo 40 años y mi perro se llama Chispa.", ["age age", "pet perro:Chispa"]],
    ["Je m'appelle Odile, j'habite à Brest.", ["name name", "home home"]],
    ["Ma sœur Agathe se marie samedi.", ["kin sœur:Agathe"]],
    ["Moro em Recife com meu filho Caetano.", ["home home", "kin filho:Caetano"]],
  ])("is kept: %s", (text, facts) => {
    expect(found(text)).toEqual(facts);
  });

  it.each([
    "I'm 30 minutes late.",
    "If I lived in Paris I'd be happy.",
    "She said my name is Bob.",
    'My brother wrote "I live in Rome" on the wall.',
    "I live in fear.",
    "My sister is Irish.",
    "I'm not a doctor.",
    "Do I live in Rome?",
    "I used to live in Oslo.",
    "In my story I am called Zorg.",
    "I work as hard as a horse.",
    "Call me Monday.",
    "Ich bin 5 Minuten zu spät.",
    "Ich weiß, dass meine Mutter Angst hat.",
    "Wenn ich in Rom wohne, dann nur kurz.",
    "我不是医生。",
    "你叫什么名字？",
    "Im Kino lief „Ich heiße Erwin“, kennst du den?",
    "„Ich bin Maler“, stand auf der Tasse.",
    "Let's play a scene. I'm Captain Silver. My parrot is called Flint.",
    "Rollenspiel? Ich bin Ritter. Mein Hund heißt Greif.",
    "oh sure, I'm a surgeon, that's why I faint at needles",
    "The app thinks I'm a farmer in Ohio.",
    "My neighbour's dog is called Bjorn.",
    "Ich bin Witwer.",
    "Heute hat meine Mutter Geburtstag.",
    "Wir wissen, dass mein Bruder Lehrer ist.",
    "I work at the moment from home.",
    "I'm a hopeless cook.",
    "No vivo en Madrid.",
    "Si vivo en Sevilla un día, te aviso.",
    "Je n'habite pas à Lyon.",
  ])("is not guessed: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("is told in their own words, and shortly", () => {
    const long = `Well, ${"as everybody knows, ".repeat(12)}my name is Anna, ${"and so on, ".repeat(20)}.`;
    expect(findFacts(long)[0]?.text.length).toBeLessThanOrEqual(MAX_FACT_LENGTH);
    expect(findFacts(long)[0]?.text).toContain("my name is Anna");
    expect(findFacts("My name is Anna.")[0]?.text).toBe("My name is Anna.");
  });
});
