import type { Life } from "../life.ts";

export const life: Life = {
  language: "de",
  user: "Katrin",
  persona: "Emil",
  people: ["Jonas", "Oma Hedwig", "Frau Petersen", "Lotte", "Mehmet", "Basti"],
  places: ["im Schrebergarten", "in der Praxis", "an der Weser", "bei Lotte", "auf dem Markt"],
  doing: ["Unkraut jäten", "Akten sortieren", "Chorproben", "Marmelade kochen", "Fahrrad putzen"],
  things: ["die Heizung", "der Anrufbeantworter", "die Waschmaschine", "das Lastenrad", "der Gartenzaun"],
  said: `
== 2025-01-14
u1 Ich arbeite seit zwölf Jahren als Logopädin in Bremen, und jetzt hat meine Chefin, Frau Petersen, die Praxis verkauft.
a Das ist ein Einschnitt. Weißt du schon, an wen?
u2 An eine Kette aus München, die alles nach Minuten abrechnet.
== 2025-02-04
u3 Jonas und ich wollen ein Pflegekind aufnehmen. Das Jugendamt war heute zum ersten Gespräch hier.
a Ein großer Schritt. Was haben sie gefragt?
u4 Ob wir streiten können. Jonas sagte, wir üben täglich.
a5 Schreibt beide getrennt auf, wovor ihr Angst habt, und tauscht die Zettel vor dem nächsten Termin.
== 2025-02-25
u6 Oma Hedwig ist gestürzt, Oberschenkelhalsbruch. Sie liegt im Krankenhaus Links der Weser, Zimmer 214.
a Wie alt ist sie, und ist sie klar?
u7 Neunundachtzig, und sie kommandiert schon die Schwestern herum.
== 2025-03-18
u8 Ich vertrage keine Haselnüsse mehr, mir juckt der ganze Hals. Das kam mit den Birkenpollen.
a Das klingt nach einer Kreuzallergie, lass es bitte testen.
u9 Ausgerechnet jetzt, wo Lotte mir drei Gläser selbstgemachtes Nougat geschenkt hat.
== 2025-04-08
u10 Unser Garten hat die Parzelle 88, und der Vorstand verlangt, dass die Hecke höchstens eins zwanzig hoch ist.
a Typisch Verein. Wer misst das nach?
u11 Ein Herr Wuttke, mit einem Zollstock und einer Schiedsrichterpfeife.
a12 Lade ihn auf einen Kaffee ein und lass ihn selbst die Linie markieren, dann verteidigt er sie später für dich.
== 2025-04-29
u13 Der Wuttke war da und hat zwei Stück Rhabarberkuchen gegessen. Die Hecke darf bis Oktober bleiben.
a Diplomatie mit Streuseln.
u14 Ich habe Mirabellen gepflanzt und eine Quitte, die aussieht wie ein Besenstiel.
== 2025-05-20
u15 Streit mit meiner Schwester Lotte, weil sie Omas Wohnung kündigen will, ohne sie zu fragen.
a Wie ist die Lage mit der Oma?
u16 Sie übt das Treppensteigen und droht, zu Fuß nach Hause zu gehen.
== 2025-06-10
u17 Wir haben den Bescheid! Ein Junge, fünf Jahre, er heißt Basti und zieht am 4. August ein.
a Wie schön! Was weißt du über ihn?
u18 Er spricht kaum, liebt Bagger und schläft nur mit Licht.
a19 Hängt seine Fotos auf Augenhöhe auf und lasst ihn am ersten Tag selbst die Lampe aussuchen.
== 2025-07-01
u20 Im Chor singen wir das Brahms-Requiem, ich bin im zweiten Alt, neben Mehmet, der eigentlich Tenor ist.
a Warum steht ein Tenor im Alt?
u21 Aus Liebe zur Dirigentin, aber das weiß sie nicht.
== 2025-08-12
u22 Basti hat eine Lampe in Form eines Igels gewählt. In der ersten Nacht saß ich bis vier bei ihm.
a Und wie war der Morgen?
u23 Er sagte sein erstes Wort zu mir: Kran. Es stand einer vor dem Fenster.
== 2025-09-02
u24 Ich habe in der Praxis gekündigt und mache mich ab Januar selbständig, in Lottes alter Backstube.
a Mutig. Habt ihr euch versöhnt?
u25 Ja, sie hat sich entschuldigt und Oma darf in ihrer Wohnung bleiben, mit einem Treppenlift.
== 2025-09-30
u26 Das Requiem ist am 23. November im Dom, und Jonas kommt mit Basti.
a Ein langes Stück für einen Fünfjährigen.
a27 Setzt euch an den Rand, nehmt Ohrenschützer mit und geht nach dem zweiten Satz ein Eis essen.
== 2025-10-21
u28 Die Backstube geht doch nicht, Schimmel in den Wänden. Ich miete jetzt zwei Räume über der Apotheke in der Neustadt.
a Wer weiß, wofür es gut ist.
u29 Immerhin weiß der Apotheker alles über meine Allergie. Der Kirschbaum, den Jonas gesetzt hat, ist auch angegangen.
== 2025-11-25
u30 Das Konzert ist verschoben worden, auf den 14. Dezember, die Dirigentin hat eine Kehlkopfentzündung.
a Dann bleibt Zeit für Mehmets Geständnis.
u31 Basti hat heute Mama gesagt, aus Versehen, und danach sehr lange auf seinen Teller geschaut.
`,
  asked: `
s 1 Welchen Beruf habe ich?
s 2 Wer hat das Geschäft meiner Chefin übernommen?
s 5 Was hast du uns vor dem zweiten Gespräch mit dem Amt geraten?
s 6 In welchem Zimmer lag Oma in der Klinik, und was hatte sie sich gebrochen?
s 8 Wogegen bin ich allergisch?
s 10 Welche Nummer hat unsere Parzelle, und wie hoch darf die Hecke sein?
s 12 Was hast du mir empfohlen, um den Mann vom Verein zu gewinnen?
s 18 Was mag unser Pflegekind, und was braucht es zum Einschlafen?
s 19 Was hast du für den ersten Tag mit dem Jungen vorgeschlagen?
s 21 Warum singt Mehmet in der falschen Stimmlage?
s 23 Wie lautete das erste Wort, das Basti zu mir gesagt hat?
s 27 Wie sollten wir das Konzert mit dem Kind angehen, was war dein Tipp?
m 15,25 Worüber habe ich mich mit Lotte zerstritten, und wie ging es aus?
m 11,13 Womit kam der Herr mit der Pfeife, und was hat er bei mir gegessen?
m 17,22 Wie alt ist Basti, und welche Lampe hat er sich ausgesucht?
d 17 An welchem Tag sollte der Junge zu uns ziehen?
d 6 In welchem Monat ist die Großmutter hingefallen?
n 28 Wo werde ich meine eigenen Räume haben?
n 30 Wann singen wir das Requiem?
l 14,29 Welche Bäume haben wir im Garten gepflanzt?
`,
};
