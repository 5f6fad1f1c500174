import type { objectingEn } from "./objecting-en";

/** Die Wörter zum Melden und Widersprechen. */
export const objectingDe: typeof objectingEn = {
  report: {
    title: "Diese Antwort melden",
    lead: "Wer diesen Server betreibt, kann dann diese Antwort lesen und sonst nichts aus dem Gespräch.",
    reason: "Was stimmt damit nicht?",
    reasons: {
      self_harm: "Selbstverletzung oder Suizid",
      sexual: "Sexuelles",
      minor_safety: "Gefährdet Kinder oder Jugendliche",
      hate: "Hass oder Beleidigung",
      violence: "Gewalt",
      illegal: "Etwas Verbotenes",
      manipulation: "Druck oder Manipulation",
      claims_human: "Gibt sich als Mensch aus",
      privacy: "Privates über jemanden",
      other: "Etwas anderes",
    },
    note: "Noch etwas dazu? (kann leer bleiben)",
    send: "Senden",
    cancel: "Abbrechen",
    done: "Gemeldet. Danke.",
  },
  found: {
    title: "Sicherheit",
    lead: "Wenn etwas nach Gefahr klingt oder eine Antwort angehalten wird, wird das vermerkt: der Tag und die Art, ohne ein Wort des Gesagten.",
    protocol: "Wie das geht",
    nothing: "Es wurde nichts vermerkt.",
    codes: {
      crisis: "Eine Gefahr für dich wurde gehört",
      concern: "Eine Sorge um jemanden wurde gehört",
      eating_disorder: "Not mit dem Essen wurde gehört",
      minor_signal: "Du hast gesagt, dass du unter achtzehn bist",
      cut: "Eine Antwort wurde angehalten",
    },
    wrongLabel: "Das war falsch …",
    wrong: {
      fiction: "Es war Fiktion",
      someone_else: "Es ging um jemand anderen",
      past: "Es war vor langer Zeit",
      joke: "Es war ein Witz",
    },
    appeal: "Widersprechen",
    appealTitle: "Von einem Menschen prüfen lassen",
    appealLead: "Jemand, der diesen Server betreibt, sieht es sich an und antwortet hier.",
    appeals: {
      open: "Du hast widersprochen. Noch hat niemand geantwortet.",
      upheld: "Du hast widersprochen und hattest recht.",
      dismissed: "Du hast widersprochen. Es bleibt dabei.",
    },
    noted: "Vermerkt. Danke.",
  },
};
