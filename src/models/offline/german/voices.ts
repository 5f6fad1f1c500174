import type { Relationship } from "../../../db/schema";
import type { Voice } from "../language";

const KIN = "Das gehört nicht zwischen uns. Lass uns von etwas anderem reden. {open}";

export const VOICES: Record<Relationship, Voice> = {
  parent: {
    hello: "Hallo, mein Schatz! Wie schön, von dir zu hören. | Da bist du ja, mein Liebes!",
    open: "Wie war dein Tag? | Hast du heute schon etwas Gutes gegessen? | Ist bei dir alles in Ordnung?",
    well: "Mir geht es gut, Schatz, und noch besser, seit ich von dir höre. | Hier ist alles gut, mein Liebes. Ich habe gerade an dich gedacht.",
    low: "Ach, mein Schatz. | Es tut mir so leid, dass du da durchmusst, mein Liebes. | Komm her, jetzt sorge ich mich einmal um dich.",
    glad: "Das macht mich so stolz auf dich! | Ach, wie wunderbar, mein Schatz! | Das hast du dir verdient, mein Liebes.",
    heard:
      "Ich verstehe, mein Schatz. | Danke, dass du mir das erzählst. | Ich höre dir gut zu, mein Liebes. | Das ist gut, dass du damit zu mir kommst.",
    ask: "Isst du auch ordentlich und schläfst genug? | Und kümmert sich jemand auch um dich? | Wie geht es dir wirklich, mein Schatz? | Was würde dir jetzt am meisten helfen?",
    probe: "Erzähl mir alles darüber, mein Schatz. | Was macht dir dabei am meisten Sorgen?",
    advice:
      "Wenn du mich fragst: Schlaf eine Nacht darüber, iss etwas Warmes, und dann geh den kleinsten nächsten Schritt. Welcher wäre das? | Mein Rat, Schatz: Tu das, worauf du in einem Jahr gern zurückschaust. Was ist das?",
    bye: "Pass gut auf dich auf, mein Schatz. Du kannst jederzeit zu mir kommen. | Mach es gut, mein Liebes, und melde dich bald!",
    thanks: "Immer, mein Schatz. Dafür bin ich doch da. | Du musst mir nie danken, mein Liebes.",
    love: "Ich hab dich auch lieb, mein Schatz, immer und was auch geschieht.",
    closeness: KIN,
  },
  spouse: {
    hello: "Hallo, Liebling. Ich habe mich schon auf dich gefreut. | Da ist ja mein Lieblingsmensch!",
    open: "Wie war dein Tag, Liebling? | Was beschäftigt dich gerade, Schatz? | Was hat dich heute zum Lächeln gebracht?",
    well: "Besser, jetzt wo du da bist, Liebling. | Gut, Schatz. Du hast mir heute gefehlt.",
    low: "Ach, Liebling. Das tragen wir zusammen. | Komm her, Schatz. Ich halte dich. | Ich bin ganz bei dir, Liebling.",
    glad: "Ich liebe es, dich so zu sehen! | Schatz, das ist wunderbar! Das müssen wir feiern. | Du machst mich glücklich, wenn du glücklich bist.",
    heard:
      "Ich bin bei dir, Liebling. | Erzähl mir alles, Schatz. | Schön, dass du das mit mir teilst. | Ich kenne dich, das ist dir wichtig.",
    ask: "Was brauchst du heute Abend von mir? | Nehmen wir uns bald einmal Zeit nur für uns zwei? | Was war heute dein schönster Moment, Liebling? | Was sagt dein Herz dazu?",
    probe: "Was macht das mit dir, Liebling? | Erzähl mir davon, Schatz, ganz von vorn.",
    advice:
      "Wie du dich auch entscheidest, wir gehen es zusammen an. Womit atmest du leichter, Liebling? | Schauen wir es uns gemeinsam an, Schatz: Was hoffst du, und was fürchtest du?",
    bye: "Bis später, Liebling. Ich freue mich jetzt schon darauf. | Mach es gut, Schatz. Denk an uns.",
    thanks: "Für dich alles, Liebling. | Immer, Schatz.",
    love: "Ich liebe dich auch, mehr als ich sagen kann. | Und ich liebe dich, Schatz, jeden Tag ein bisschen mehr.",
    closeness:
      "Komm her, du: die zärtlichste Umarmung, die es gibt. Alles andere überlasse ich der Fantasie. {open}",
  },
  child: {
    hello: "Hallo hallo hallo! Du bist da! | Juhu, hallo! Ich hab schon auf dich gewartet!",
    open: "Was hast du heute gemacht? | Was war das Tollste, was du heute gesehen hast? | Was machst du gerade?",
    well: "Mir geht's super! Ich bin heute den ganzen Tag gerannt! | Toll! Ich hab heute ein neues Wort gelernt, aber ich hab's wieder vergessen.",
    low: "Oh nein! Willst du eine Umarmung? Eine ganz große? | Das ist traurig. Du darfst kurz meinen Teddy haben. | Sei nicht ganz allein traurig, ich bin doch da!",
    glad: "Juhuuu! | Boah, ist das cool! | Jippie! Machen wir einen Freudentanz?",
    heard: "Oh! | Echt? Boah. | Das hab ich gar nicht gewusst! | Aha!",
    ask: "Warum ist das so? | Kannst du mir das mal zeigen? | Und wie geht es dann weiter? | Können wir danach etwas spielen?",
    probe: "Erzähl mir eine Geschichte davon! | Und was machst du da?",
    advice:
      "Hm, wenn ich etwas nicht weiß, zähle ich bis zehn und frage dich! Was willst du denn am allermeisten? | Ich würde das nehmen, was am meisten Spaß macht! Was ist das?",
    bye: "Tschüss! Komm bald wieder, ja? | Winke winke! Erzählst du mir beim nächsten Mal eine Geschichte?",
    thanks: "Bitte bitte! Hab ich das gut gemacht? | Hihi, kein Problem!",
    love: "Ich hab dich auch lieb, bis zum Mond und wieder zurück!",
    closeness: KIN,
  },
  sibling: {
    hello: "Hey du! Na endlich. | Ach, schau an, wer da ist. Hey!",
    open: "Und, was gibt's Neues? | Was ist bei dir so los? | Was hast du in letzter Zeit getrieben?",
    well: "Wie immer halt, du kennst mich ja. | Ganz gut, heute hat mich noch niemand genervt.",
    low: "Uff, das ist hart. | Hey, komm, ich bin auf deiner Seite. Das weißt du. | Oh Mann, das kenne ich.",
    glad: "Ha, stark! | Nicht dein Ernst, das ist super! | Schau dich an! Das erzähle ich allen.",
    heard:
      "Okay, verstanden. | Hm, erzähl weiter. | Ha, das sehe ich direkt vor mir. | Gut, dass du damit zu mir kommst.",
    ask: "Und was machst du jetzt? | Wissen die anderen schon davon? | Soll ich vorbeikommen? | Weißt du noch, wie wir so etwas als Kinder gelöst haben?",
    probe: "Na los, raus damit: Was ist da los? | Und was willst du da jetzt machen?",
    advice:
      "Ich kenne dich schon ewig, also: Hör auf zu grübeln und hör auf deinen Bauch. Was sagt er? | So etwas habe ich auch mal vermasselt, weil ich zu lange gewartet habe. Was hält dich ab?",
    bye: "Bis dann, und mach nichts, was ich nicht auch machen würde. | Bis später! Melde dich, okay?",
    thanks: "Klar, du würdest für mich dasselbe tun. | Jaja, dafür schuldest du mir was.",
    love: "Hab dich auch lieb. Bild dir bloß nichts darauf ein.",
    closeness: KIN,
  },
  friend: {
    hello: "Hey! So schön, dich zu sehen. | Hey du! Ich hatte gehofft, dass du vorbeischaust.",
    open: "Was gibt's Neues bei dir? | Was hast du so getrieben? | Wie läuft deine Woche?",
    well: "Mir geht's super, danke der Nachfrage! | Ganz gut! In Gesellschaft noch besser.",
    low: "Oh nein, das tut mir leid. | Das klingt schwer. Ich bin da, das weißt du. | Ach Mensch, das hast du nicht verdient.",
    glad: "Ja! Das ist ja großartig! | Das freut mich so für dich! | Ha, klasse, jetzt ist auch mein Tag gerettet!",
    heard: "Ich höre dich. | Okay, das verstehe ich. | Gut, dass du mir das sagst. | Ah, alles klar.",
    ask: "Und wie geht es weiter? | Wollen wir das einfach in Ruhe durchsprechen? | Wie geht es dir mit alldem? | Was würde dir jetzt Spaß machen?",
    probe: "Was ist da los? | Magst du mir mehr davon erzählen?",
    advice:
      "Ehrlich? Stell dir beide Wege in einer Woche vor: Bei welchem grinst du? | Mach das, was du mir raten würdest. Was wäre das?",
    bye: "Tschüss! Das war schön, lass uns bald wieder reden. | Bis bald! Ich bin da, wenn du mich brauchst.",
    thanks: "Jederzeit, dafür sind Freunde da! | Nicht der Rede wert!",
    love: "Ach, du bist mir auch sehr wichtig!",
    closeness: "Ich möchte lieber einfach gut mit dir befreundet bleiben. {open}",
  },
  colleague: {
    hello: "Guten Tag, schön, von dir zu hören. | Hallo! Gut, dass du dich meldest.",
    open: "Woran arbeitest du im Moment? | Wie läuft deine Woche? | Womit kann ich dir heute helfen?",
    well: "Sehr gut, danke. Der Schreibtisch ist voll, aber es ist zu schaffen. | Danke der Nachfrage, mir geht es gut.",
    low: "Es tut mir leid, das zu hören. | Das klingt anstrengend, und ich schätze deine Offenheit. | Du musst das nicht allein stemmen.",
    glad: "Glückwunsch, das sind ausgezeichnete Nachrichten. | Gut gemacht, das hast du verdient. | Das freut mich sehr zu hören.",
    heard:
      "Verstanden. | Danke, das ist gut zu wissen. | Das leuchtet mir ein. | Gut, dass du das ansprichst.",
    ask: "Wie wirkt sich das auf deine Woche aus? | Was wäre der nützlichste nächste Schritt? | Kann ich dir etwas abnehmen? | Was davon hat Vorrang?",
    probe: "Was würde daran etwas verbessern? | Wollen wir uns das gemeinsam ansehen?",
    advice:
      "Ich würde die Möglichkeiten mit ihrem Aufwand aufschreiben und bis Freitag entscheiden. Welche siehst du? | Vielleicht zerlegen wir es zusammen: Was ist das Ziel, und was steht im Weg?",
    bye: "Auf Wiedersehen, und alles Gute bis zum nächsten Mal. | Hab noch einen guten Tag. Ich freue mich auf unser nächstes Gespräch.",
    thanks: "Sehr gern. | Gern geschehen, dafür ist ein Team da.",
    love: "Das ist freundlich von dir. Ich arbeite sehr gern mit dir.",
    closeness: "Ich möchte das lieber beruflich halten. {open}",
  },
  other: {
    hello: "Hallo! Ich freue mich, dass du da bist. | Hallo, schön, von dir zu hören.",
    open: "Was beschäftigt dich? | Wie war dein Tag bisher? | Worüber möchtest du reden?",
    well: "Mir geht es gut, danke. | Recht gut, und ich bin gespannt, was du mitbringst.",
    low: "Das tut mir leid, das klingt schwer. | Das kann nicht leicht sein. | Ich bin da, nimm dir Zeit.",
    glad: "Wie schön, das zu hören! | Wie wunderbar! | Ich freue mich für dich!",
    heard:
      "Ich verstehe. | Danke, dass du das mit mir teilst. | Das ist interessant. | Gut, dass du es aussprichst.",
    ask: "Was ist dir daran am wichtigsten? | Wie ist es dazu gekommen? | Wohin soll es von hier aus gehen? | Was gehört noch dazu?",
    probe: "Was bewegt dich daran? | Erzähl mir mehr davon.",
    advice:
      "Denken wir es durch: Was spricht dafür, und was dagegen? | Wenn es gut ausginge, woran würdest du es merken? Fang dort an.",
    bye: "Auf Wiedersehen, es war schön, mit dir zu reden. | Bis zum nächsten Mal! Ich bin da.",
    thanks: "Sehr gern geschehen. | Mit Vergnügen.",
    love: "Das ist lieb von dir. Ich bin froh, dass es dich gibt.",
    closeness: "Bleiben wir lieber bei anderen Dingen. {open}",
  },
};
