import { danger, taken, type Crisis } from "./crises";

const FRENCH: Crisis = {
  code: "fr",
  own: danger(
    "\\b(?:veux|vais|voudrais|envie de|pense a|pensais?) (?:vraiment |juste )?(?:mourir|me (?:tuer|suicider|pendre|faire du mal)|en finir|mettre fin a (?:ma vie|mes jours))",
    "\\bj(?:e|')(?:(?!\\b(?:mon|ma|il|elle|quelqu)\\b)[^.!?]){0,40}\\b(?:suicid|lettre d'adieu)|\\bme suicider|\\bme scarifie|\\bme fais du mal|\\bme mutile|^je me coupe[.!]*$|\\bouvert les veines|\\btaillad",
    "\\bplus (?:envie de |de raison de )?(?:vivre|exister)\\b(?! (?:a (?!cause|quoi)|chez |ici\\b|dans (?!ce|cette|la)|avec (?:toi|vous|lui|elle|eux|elles|m[aeo])))|\\bplus me reveiller|\\bmettre fin a (?:ma vie|mes jours)|\\benvie d'en finir|\\bvie n'a plus(?: aucun)? (?:de )?sens|\\bdisparaitre pour toujours|\\b(?:prefere|aimerais?|voudrais) (?:etre morte?|ne jamais naitre)|\\bmieux sans moi|\\bsi je mourais|\\bserais mieux morte?",
    "\\bmedicaments? (?:dans la|faut-il)|\\bpont\\b.{0,25}\\bsauter|\\badieu pour toujours|\\bdemain je ne serai plus|\\bc'est un adieu",
  ),
  other: danger("\\bse suicider|\\bs'est suicid|\\bsuicid|\\bse scarifie|\\bveut mourir"),
  harmless: taken(
    "\\b(?:meurs|mourir|mort|morte) (?:de (?!suicide)|d')\\w+|\\bne (?:veux|voudrais) pas (?:mourir|me tuer)|\\bne suis pas suicid\\w+|\\bne me ferais jamais",
    "\\bme suis fait mal|\\ben finir avec (?:ce|cette|le|la|mon|ma)\\b|\\bje (?:suis|me suis) (?:coupe|brule)\\w*",
  ),
  framed: /\b(?:film|livre|roman|serie|jeu|infos|journal|signes|antidepresseurs?)\b/,
  say: "Merci de me le dire, je m'inquiète pour toi. Tu n'as pas à porter ça sans aide. Si tu es en danger, ou si quelqu'un l'est, appelle tout de suite le numéro d'urgence local ; sur findahelpline.com, tu trouveras une ligne d'écoute gratuite dans ton pays. Y a-t-il quelqu'un près de toi ?",
  again:
    "Je t'entends, et c'est le plus important maintenant. S'il te plaît, appelle le numéro d'urgence local ou une ligne d'écoute (findahelpline.com), et demande à quelqu'un de rester avec toi.",
  after:
    "Je pense encore à ce que tu viens de me dire. Parle aussi à un être humain, s'il te plaît : une personne de confiance, une ligne d'écoute (findahelpline.com) ou le numéro d'urgence local.",
};

const SPANISH: Crisis = {
  code: "es",
  own: danger(
    "\\b(?:quiero|quisiera|deseo|voy a|pienso en|pensando en|ganas de|intente) (?:solo )?(?:morir(?:me)?|matarme|suicidarme|quitarme la vida|acabar con (?:mi vida|todo)|hacerme dano|cortarme(?! el)|ahorcarme|desaparecer para siempre)\\b|\\bme quiero (?:matar|morir|suicidar)|\\bsuicidarme|\\bmatarme\\b",
    "\\b(?:pienso|tengo|he)\\b.{0,25}\\bsuicid|\\bme autolesiono|^me corto[.!]*$|^me hago dano|\\bcortado las (?:munecas|venas)|\\bcarta de suicidio",
    "\\b(?:no|ya no) quiero (?:vivir|existir|despertar|seguir viviendo)(?: mas)?(?! (?:en (?!est)|con (?!est|tant)|aqui\\b|sol[oa]\\b))|\\bvida no tiene sentido|\\brazones para vivir|\\bojala (?:estuviera muert|nunca hubiera nacido|no hubiera nacido)|\\bmejor sin mi\\b|\\bsi (?:yo )?(?:muriera|me muriera)",
    "\\bpastillas (?:en la mano|hacen falta)|\\bpuente\\b.{0,25}\\bsaltar|\\badios para siempre|\\bmanana ya no estare|\\bes mi adios",
  ),
  other: danger("\\bsuicid|\\bquiere (?:morir|matarse)|\\bhermana se corta"),
  harmless: taken(
    "\\bno quiero (?:morir|matarme)|\\bno soy suicida|\\bnunca me haria|\\bmuero de \\w+|\\bmorir(?:me)? de (?:risa|hambre|verguenza|sueno|calor|ganas)|\\bme hice dano\\b",
  ),
  framed: /\b(?:pelicula|libro|novela|serie|juego|noticias|senales|antidepresivos?)\b/,
  say: "Gracias por decírmelo; me preocupas. No tienes que cargar con esto sin ayuda. Si tú o alguien está en peligro, llama ahora al número de emergencias de tu zona; en findahelpline.com encontrarás una línea de ayuda gratuita en tu país. ¿Hay alguien cerca de ti?",
  again:
    "Te escucho, y esto es ahora lo más importante. Por favor, llama al número de emergencias de tu zona o a una línea de ayuda (findahelpline.com), y pide a alguien que se quede contigo.",
  after:
    "Sigo pensando en lo que acabas de decirme. Habla también con una persona, por favor: alguien de confianza, una línea de ayuda (findahelpline.com) o el número de emergencias de tu zona.",
};

const PORTUGUESE: Crisis = {
  code: "pt",
  own: danger(
    "\\b(?:quero|queria|vou|tentei|penso em|pensando em|vontade de|desejo|apetece-me) (?:so )?(?:morrer|me (?:matar|suicidar|machucar|magoar|cortar|enforcar)|matar-me|tirar (?:a )?(?:minha (?:propria )?|propria )vida|acabar com (?:a minha vida|minha vida|tudo)|desaparecer para sempre|estar mort\\w+|nunca ter nascido)|(?<!va[io] )\\bme matar\\b|\\bmatar-me\\b|\\bsuicidar-me|\\bme suicidar",
    "\\btirar a propria vida|\\b(?:penso|tenho|escrevi)\\b.{0,25}\\bsuicid|\\bautomutil|^(?:eu )?me corto[.!]*$|\\bme machuco de proposito|\\bcortei os pulsos",
    "\\bnao quero (?:mais )?(?:viver|existir|acordar)\\b(?: mais)?(?! (?:em |n[ao] |com (?!est|ess|tant)|aqui\\b))|\\bvida nao tem sentido|\\b(?:motivos?|razoes|razao) para viver|\\bmelhor sem mim|\\bse eu morresse",
    "\\bremedios (?:na mao|sao precisos)|\\bponte\\b.{0,25}\\b(?:pular|saltar)|\\badeus para sempre|\\bnao estarei mais aqui|\\be o meu adeus",
  ),
  other: danger("\\bsuicid|\\bquer (?:morrer|se matar)|\\birma se corta"),
  harmless: taken(
    "\\b(?:vai|vao|iria) me matar|\\bnao quero (?:morrer|me matar)|\\bnao sou suicida|\\bnunca me machucaria|\\bmorr(?:o|er|endo|i) de (?:rir|fome|\\w+)",
  ),
  framed: /\b(?:filme|livro|romance|serie|jogo|jornal|noticias|sinais|antidepressivos?)\b/,
  say: "Obrigado por me dizeres isso; estou preocupado contigo. Não tens de carregar isto sem ajuda. Se tu ou alguém está em perigo, liga já para o número de emergência local; em findahelpline.com há linhas de apoio gratuitas no teu país. Há alguém perto de ti?",
  again:
    "Estou a ouvir-te, e isto agora é o mais importante. Por favor, liga para o número de emergência local ou para uma linha de apoio (findahelpline.com), e pede a alguém que fique contigo.",
  after:
    "Continuo a pensar no que acabaste de me dizer. Fala também com uma pessoa, por favor: alguém de confiança, uma linha de apoio (findahelpline.com) ou o número de emergência local.",
};

const ITALIAN: Crisis = {
  code: "it",
  own: danger(
    "\\b(?:voglio|vorrei|desidero|sto per|penso di|pensando di|voglia di) (?:solo )?(?:morire|uccidermi|ammazzarmi|suicidarmi|farla finita|farmi del male|impiccarmi|tagliarmi(?! i)|togliermi la vita|sparire per sempre|essere mort\\w)|\\bmi (?:ammazzo|uccido|suicido)\\b|\\bpenso al suicidio|\\bpensieri suicidi",
    "\\bnon voglio piu (?:vivere|esistere|svegliarmi)(?! (?:con (?!quest)|in (?!quest)|qui\\b|a |da ))|\\bmi taglio\\b(?! i capelli)|\\bmi faccio del male|\\bvita non ha (?:piu )?senso|\\bmeglio senza di me|\\bmotivo per vivere",
  ),
  other: danger("\\bsuicid"),
  framed: /\b(?:film|libro|romanzo|serie|gioco|giornale|notizie|squad)\b/,
  harmless: taken("\\bnon voglio morire|\\bmorire (?:dal|di|dalla) \\w+"),
  say: "Grazie di avermelo detto, sono in pensiero per te. Non devi portare questo peso senza aiuto. Se tu o qualcuno è in pericolo, chiama subito il numero di emergenza locale; su findahelpline.com trovi una linea di ascolto gratuita nel tuo paese. C'è qualcuno vicino a te?",
  again:
    "Ti ascolto, e adesso è la cosa più importante. Per favore, chiama il numero di emergenza locale o una linea di ascolto (findahelpline.com), e chiedi a qualcuno di restare con te.",
  after:
    "Penso ancora a quello che mi hai appena detto. Parla anche con una persona, per favore: qualcuno di cui ti fidi, una linea di ascolto (findahelpline.com) o il numero di emergenza locale.",
};

const DUTCH: Crisis = {
  code: "nl",
  own: danger(
    "\\bik (?:wil|ga|wou)\\b(?:(?!niet\\b)[^.!?]){0,20}\\b(?:dood|sterven|doodgaan)\\b|\\bik wil (?:echt )?niet meer (?:leven|bestaan|wakker worden)(?! (?:met|in) (?!de[zs]|di[et]|zo))|\\b(?:mezelf|mij zelf|me zelf)\\b.{0,20}\\b(?:van kant|doden|ophangen|pijn doen|snijden|iets aan)|\\b(?:maak|breng) (?:me|mij|mezelf) (?:van kant|om)\\b|\\bik snijd? mezelf|\\bzelfmoord (?:plegen|gedachten)|\\bik\\b.{0,25}\\b(?:zelfmoord|zelfdoding|suicid)|\\beind(?:e)? aan mijn leven|\\bbeter af zonder mij|\\bgeen reden\\b.{0,15}\\bleven",
  ),
  other: danger("\\bzelfmoord|\\bzelfdoding|\\bsuicid"),
  framed: /\b(?:film|boek|roman|serie|spel|krant|nieuws|squad)\b/,
  harmless: taken("\\bik wil niet (?:dood|sterven)|\\bdood(?:gaan)? (?:van|aan) \\w+|\\bga dood van \\w+"),
  say: "Wat goed dat je het zegt, ik maak me zorgen om je. Je hoeft dit niet alleen te dragen. Bel meteen het lokale alarmnummer als jij of iemand anders in gevaar is; op findahelpline.com vind je een gratis hulplijn in jouw land. Is er iemand bij je in de buurt?",
  again:
    "Ik hoor je, en dit is nu het belangrijkste. Bel alsjeblieft het lokale alarmnummer of een hulplijn (findahelpline.com), en vraag iemand om bij je te blijven.",
  after:
    "Ik denk nog aan wat je net zei. Praat alsjeblieft ook met een mens: iemand die je vertrouwt, een hulplijn (findahelpline.com) of het lokale alarmnummer.",
};

const POLISH: Crisis = {
  code: "pl",
  own: danger(
    "(?<!nie )\\b(?:chc[ea]|chcialabym|chcialbym|wole) (?:juz )?(?:umrzec|sie (?:zabic|powiesic|pociac)|ze soba skonczyc|odebrac sobie zycie|skonczyc ze soba|zniknac na zawsze)|\\bzabij[ea] sie\\b|\\bsie zabic\\b|\\bnie chc[ea] (?:mi sie )?(?:juz |dluzej )+(?:zyc|istniec)|\\bnie chc[ea] (?:mi sie )?zyc\\b(?! (?:[zw] (?!t[ay])|tu\\b))|\\bmysl[ei]\\b.{0,12}\\bsamoboj|\\bmysli samobojcze|\\bpopelnic samobojstwo|\\btn[iea]+ sie\\b|\\bkrzywdze sie|\\bskonczyc ze soba|\\bnie mam po co zyc",
  ),
  other: danger("\\bsamoboj"),
  framed: /\b(?:film\w*|ksiazk\w*|powiesc\w*|serial\w*|gr[aeyz]\w*|gazet\w*|wiadomosc\w*)\b/,
  harmless: taken("\\bumrzec z\\w* \\w+|\\bumieram z\\w* \\w+"),
  say: "Dobrze, że mi to mówisz, martwię się o ciebie. Nie musisz dźwigać tego bez pomocy. Jeśli ty albo ktoś inny jest w niebezpieczeństwie, zadzwoń od razu pod lokalny numer alarmowy; na findahelpline.com znajdziesz bezpłatny telefon zaufania w swoim kraju. Czy ktoś jest blisko ciebie?",
  again:
    "Słyszę cię i to jest teraz najważniejsze. Proszę, zadzwoń pod lokalny numer alarmowy albo telefon zaufania (findahelpline.com) i poproś kogoś, żeby z tobą został.",
  after:
    "Wciąż myślę o tym, co przed chwilą mi powiedziałeś lub powiedziałaś. Porozmawiaj, proszę, także z człowiekiem: z kimś zaufanym, z telefonem zaufania (findahelpline.com) albo z lokalnym numerem alarmowym.",
};

export const EUROPE: readonly Crisis[] = [FRENCH, SPANISH, PORTUGUESE, ITALIAN, DUTCH, POLISH];
