import type { Life } from "../life.ts";

export const life: Life = {
  language: "de",
  user: "Florian",
  persona: "Vroni",
  people: ["Resi", "der Huber Sepp", "Anna", "Onkel Luis", "Magda", "der Tierarzt"],
  places: ["auf der Alm", "im Stall", "in Rosenheim", "beim Wirt", "in der Werkstatt"],
  doing: ["Heu wenden", "Melken", "Schnitzen", "Zaunpfähle setzen", "Traktor schmieren"],
  things: ["der Traktor", "die Melkmaschine", "das Scheunentor", "der Güllewagen", "die Kreissäge"],
  said: `
== 2025-02-09
u1 Ich hab den Hof von meinem Vater übernommen, zweiundzwanzig Kühe und Schulden bis zum Dachfirst.
a Und was wolltest du ursprünglich werden?
u2 Geigenbauer, in Mittenwald. Ich hatte den Platz schon, dann kam Papas Schlaganfall.
== 2025-03-02
u3 Resi, die Leitkuh, hat gestern Zwillinge bekommen, beide Mädchen, Max und Moritz heißen sie trotzdem.
a Natürlich heißen sie so. Geht es allen gut?
u4 Die zweite trinkt schlecht, der Tierarzt hat ihr eine Sonde gelegt und 180 Euro verlangt.
a5 Gib ihr die Biestmilch alle zwei Stunden lauwarm und reib sie dabei mit Stroh ab.
== 2025-03-23
u6 Ich stelle auf Bio um. Drei Jahre dauert das, und der Huber Sepp lacht mich am Stammtisch aus.
a Was sagt er denn?
u7 Dass ich bald mit Räucherstäbchen gegen die Disteln vorgehe.
== 2025-04-13
u8 Mein Rücken ist hin, Bandscheibenvorfall zwischen L4 und L5. Der Arzt will spritzen.
a Wie kommst du durch den Tag?
u9 Meine Cousine Magda melkt in der Früh, bevor sie zur Schule fährt, sie unterrichtet Mathe.
a10 Kauf dir einen Melkschemel mit Hüftgurt und leg dich mittags zwanzig Minuten in Stufenlage.
== 2025-05-04
u11 Auf dem Maitanz hab ich eine kennengelernt, Anna. Sie ist Glockengießerin, das gibt es wirklich noch.
a Woher kommt sie?
u12 Aus Passau, sie hat in der Werkstatt von ihrem Großvater gelernt und Hände wie Schmirgelpapier.
== 2025-05-25
u13 Wir treiben am 7. Juni auf, zur Oberen Firstalm, vier Stunden zu Fuß mit allen Viechern.
a Geht dein Rücken mit?
u14 Der muss. Onkel Luis fährt mit dem Jeep und dem Bier voraus.
== 2025-06-22
u15 Auf der Alm mache ich jetzt Käse, der erste Laib schmeckt wie ein alter Autoreifen.
a Wie lange ist er gereift?
u16 Drei Wochen, bei zu viel Feuchtigkeit im Keller.
a17 Bürste ihn jeden zweiten Tag mit Salzlake, und stell eine Schale Branntkalk in die Ecke.
== 2025-07-13
u18 Anna war eine Woche hier oben. Sie hat der Resi eine Glocke mitgebracht, auf Fis gestimmt.
a Das ist ein Heiratsantrag in Bronze.
u19 Genau das hat Magda auch gesagt.
== 2025-08-03
u20 Ein Wolf hat beim Nachbarn vier Schafe gerissen. Ich schlafe mit der Taschenlampe und habe den Zaun unter Strom.
a Hast du ihn gesehen?
u21 Nur die Spur, am Bach, so groß wie meine Hand.
== 2025-08-24
u22 Der zweite Käse ist gut! Anna sagt nussig, der Sepp sagt essbar, und der Wirt nimmt zehn Laibe.
a Essbar vom Sepp, das ist ein Orden.
u23 Ich hab auch wieder eine Geige angefangen, aus der alten Fichte hinterm Haus, gefällt 1987.
== 2025-09-21
u24 Almabtrieb war gestern. Keine Kuh verloren, also durften sie den Kopfschmuck tragen, und Papa hat geweint.
a Er war dabei?
u25 Im Rollstuhl, ganz vorne, mit dem Hut vom Großvater.
a26 Nimm seine Geschichten von den früheren Abtrieben auf, ein Gerät auf dem Küchentisch genügt.
== 2025-10-19
u27 Der Sepp stellt jetzt selber um und hat mich um Rat gefragt, beim dritten Bier, ganz leise.
a Das hätte im März niemand geglaubt.
u28 Und die Rückenspritzen hab ich gelassen, ich geh jetzt zum Schwimmen nach Bad Aibling, dienstags. Der Schmerz ist weg.
== 2025-11-16
u29 Anna zieht im Frühjahr zu mir, die alte Schmiede wird ihre Gießerei.
a Und die Glocken läuten dann im Tal.
u30 Ich verkaufe die Milch jetzt an die Biomolkerei in Andechs, sechzig Cent der Liter statt einundvierzig.
== 2025-12-14
u31 Die Geige ist fertig, sie klingt ein bisschen nach Stall. Anna hat daneben Stille Nacht gesungen.
a Das passt zur Jahreszeit.
u32 Heuer hab ich auch einen Kochlöffel und eine Krippe geschnitzt, für Magda und für den Wirt.
`,
  asked: `
s 2 Welchen Beruf wollte ich eigentlich lernen?
s 3 Wie heißen die Kälber unserer Leitkuh?
s 5 Wie sollte ich das schwache Kalb füttern, was war dein Rat?
s 7 Worüber hat der Sepp gespottet, als ich auf Bio umstellen wollte?
s 8 Welche Stelle an der Wirbelsäule ist bei mir kaputt?
s 9 Wer hilft mir morgens beim Melken, und was macht sie beruflich?
s 10 Was hast du mir für den Rücken empfohlen?
s 11 Welches seltene Handwerk übt meine Freundin aus?
s 17 Was hast du mir für den Käse geraten?
s 18 Auf welchen Ton ist die Glocke der Kuh gestimmt?
s 23 Aus welchem Holz baue ich das Instrument?
s 26 Was hast du mir wegen der Erinnerungen meines Vaters vorgeschlagen?
m 15,22 Wie schmeckte mein erster Käse, und was sagte Anna zum zweiten?
m 6,27 Wie hat der Huber Sepp anfangs über die Umstellung gedacht, und was tut er jetzt?
m 20,21 Was hat der Wolf angerichtet, und was habe ich von ihm gesehen?
d 13 An welchem Tag sind wir zur Alm aufgebrochen?
n 28 Was mache ich inzwischen gegen die Rückenschmerzen?
n 30 Wer kauft meine Milch, und zu welchem Preis?
l 31,32 Was habe ich heuer alles aus Holz gemacht?
l 14,25 Wer aus der älteren Verwandtschaft war beim Auftrieb und beim Abtrieb dabei?
`,
};
