import type { Life } from "../life.ts";

export const life: Life = {
  language: "de",
  user: "Selma",
  persona: "Nik",
  people: ["Papa", "Ceyda", "Herr Brandt", "Lukas", "Tante Gül", "Mira"],
  places: ["im Späti", "an der Uni", "in Neukölln", "auf der Tartanbahn", "bei Ceyda"],
  doing: ["Lernen", "Regale einräumen", "Sprinttraining", "Nachhilfe geben", "Plakate kleben"],
  things: ["das Statikskript", "die Ringbahn", "der Drucker", "das Spülbecken", "die WG-Kasse"],
  said: `
== 2025-03-04
u1 Ich studiere Bauingenieurwesen im fünften Semester und bin durch Baustatik zwei gefallen, mit einer 5,0.
a Das tut weh. Wie viele Versuche hast du noch?
u2 Einen. Beim nächsten Mal ist es mündlich, beim Brandt, der dabei Pistazien isst.
a3 Rechne jeden Tag eine alte Aufgabe laut vor, so als säße er vor dir, und nimm dich dabei auf.
== 2025-03-25
u4 Papa hat in der Karl-Marx-Straße einen Spätkauf, und ich stehe freitags und samstags an der Kasse.
a Wer kommt nachts um zwei?
u5 Ein pensionierter Richter, der immer Lakritz und Katzenfutter kauft, aber keine Katze hat.
== 2025-04-15
u6 Ich laufe 400 Meter Hürden, meine Bestzeit ist 61,8, und für die Meisterschaft brauche ich unter 60.
a Wo verlierst du die Zeit?
u7 Ab der siebten Hürde, da wechsle ich das Bein und eiere.
== 2025-05-06
u8 Meine Mitbewohnerin Ceyda spricht nicht mit mir. Ich habe ihren Sauerteig weggeworfen, ich dachte, er wäre verdorben.
a Wie alt war der Teig?
u9 Vier Jahre, und er hieß Jürgen.
a10 Frag ihre Mutter, ob sie noch einen Ableger hat, und stell ihn ihr ohne Worte hin.
== 2025-05-27
u11 Jürgen lebt! Ihre Mutter in Kassel hatte ein Glas, und Ceyda hat geheult und mich umarmt.
a Auferstehung im Einmachglas.
u12 Jetzt backt sie mir sonntags Simit, also hat es sich gelohnt.
== 2025-06-17
u13 Ärztin sagt Eisenmangel und Asthma, deshalb pfeift es nach dem Sprint. Ich habe ein blaues Spray bekommen.
a Gut, dass es einen Namen hat.
u14 Außerdem esse ich seit Mai kein Fleisch mehr, sehr zum Kummer von Tante Gül.
== 2025-07-08
u15 Die Prüfung beim Brandt ist am 18. Juli um neun, Raum EB 301.
a Du hast geübt. Wie fühlst du dich?
u16 Wie ein Kragarm mit Einzellast am freien Ende.
== 2025-07-22
u17 Bestanden! Mit 2,3! Er hat mir am Ende eine Pistazie angeboten.
a Das ist der Ritterschlag.
u18 Danach bin ich mit Lukas im Landwehrkanal Schlauchboot gefahren, und er hat meine Hand gehalten.
== 2025-08-19
u19 Lukas ist Dachdecker und liest heimlich Rilke. Er hat mir den Panther auswendig aufgesagt, auf einem Gerüst.
a Gefährlich für euch beide.
u20 Papa weiß noch nichts von ihm, er will einen Ingenieur oder niemanden.
a21 Lass Lukas etwas am Laden reparieren, bevor du ihn vorstellst, dein Vater glaubt Händen eher als Reden.
== 2025-09-09
u22 Lukas hat das Vordach vom Laden dicht gemacht, umsonst. Papa hat ihm Tee gegeben und nach seinen Absichten gefragt.
a Was hat er geantwortet?
u23 Dass er zuerst die Dachrinne machen möchte.
== 2025-09-30
u24 Die Landesmeisterschaft lief schlecht, ich bin an der neunten Hürde gestürzt und habe mir den Mittelhandknochen gebrochen.
a Ach Selma. Welche Hand?
u25 Die linke, sechs Wochen Gips, und alle malen Pistazien darauf.
== 2025-10-28
u26 Ich habe einen Werkstudentenjob bei einem Brückenbüro in Moabit, ab dem dritten November, und höre am Freitag im Laden auf.
a Deine ersten Brücken. Wer übernimmt die Kasse?
u27 Mein Cousin Emre, der bei jeder Rechnung die Zunge herausstreckt.
== 2025-11-18
u28 Papa muss den Laden aufgeben, die Miete wird verdoppelt. Er eröffnet im Februar in der Sonnenallee neu, kleiner, mit Teestube.
a Wie trägt er es?
u29 Er zeichnet Grundrisse auf Kassenzettel. Tante Gül hat mir Mantı ohne Fleisch gemacht, das erste Mal in ihrem Leben.
== 2025-12-09
u30 Im Hallenrennen bin ich 59,7 gelaufen, mit dem Spray und einem neuen Rhythmus von fünfzehn Schritten.
a Unter sechzig! Das ist die Norm.
u31 Ceyda hat zur Feier Baklava gemacht, und Lukas hat wieder Rilke vorgelesen, diesmal auf dem Boden.
`,
  asked: `
s 2 Was knabbert der Professor während der mündlichen Prüfung?
s 3 Wie sollte ich mich laut deinem Tipp auf Statik vorbereiten?
s 5 Welcher seltsame Kunde kommt nachts, und was kauft er?
s 7 Bei welcher Hürde beginnen meine Schwierigkeiten?
s 8 Was hatte ich weggeworfen, sodass meine Mitbewohnerin sauer war?
s 10 Was hast du mir geraten, um Ceyda zu versöhnen?
s 13 Welche Krankheiten hat die Ärztin festgestellt?
s 15 In welchem Raum findet die Prüfung statt?
s 19 Was ist mein Freund von Beruf, und welchen Dichter liest er?
s 21 Wie sollte ich Lukas meinem Vater vorstellen, was war dein Vorschlag?
s 24 Was habe ich mir beim Sturz gebrochen?
s 27 Wer steht jetzt an meiner Stelle im Spätkauf?
m 9,11 Wie hieß der Sauerteig, und woher kam der neue?
m 16,17 Wie fühlte ich mich vor der Statikprüfung, und welche Note bekam ich?
m 20,22 Was wünschte sich Papa als Schwiegersohn, und womit hat Lukas ihn gewonnen?
d 15 An welchem Datum war die mündliche Prüfung?
d 26 Ab wann arbeite ich im Brückenbüro?
n 30 Was ist jetzt meine Bestzeit über die Hürden?
n 28 Wo wird Papas Geschäft sein?
l 12,29,31 Was haben Ceyda und Tante Gül für mich gebacken und gekocht?
`,
};
