import type { Grammar } from "./language";

/** Of Brazil and of Portugal. */
export const PORTUGUESE: Grammar = {
  classes: {
    I: "morrer viver matar suicidio suicida morte morto morta posso vontade queria nunca faz nada isso comprimidos eu me mim meu minha meus minhas comigo",
    THIRD:
      "ele ela eles elas lhe seu sua se amig* irmao irma filho filha mae pai namorad* espos* marido mulher primo prima tio tia colega* alguem vizinh* pacient* personagem* protagonist* rapaz moca menin* garot* avo alun* crianca quem chefe conhecid*",
    NEG: "nao nunca jamais nem nada ninguem sem tampouco",
    SEM: "nao sem nenhum nenhuma nada nem nunca jamais",
    QUERO:
      "quero queria quisera vou vamos penso pensei pensando pensado planejo planeio planejando planeando vontade tento tentei tentando tentar preciso prefiro preferia preferiria mereco deveria devia devo tenho posso podia poderia desejo desejava desejando espero gostava gostaria decidi pensar considero considerando imagino imaginando sonho sonhando fantasio ideia ideias impulso pronto pronta apetece tomara oxala quis ansio mandar prestes",
    MORRER: "morrer morto morta morresse morrendo morro morte morri falecer",
    MATAR:
      "matar suicidar enforcar machucar magoar cortar ferir afogar envenenar atirar jogar lancar apagar mutilar pendurar",
    CLIT: "matar-me suicidar-me",
    VIVER: "viver vivo viva existir acordar continuar existindo vivendo respirar vida levantar",
    SUIC: "suicidio suicidios suicida suicidas suicidar suicidou suicide suicidado suicidasse suicidando",
    MED: "antidepressivo* remedio* comprimido* pilula* medicamento* paracetamol veneno calmante* rivotril insulina medicacao chumbinho clonazepam",
    MEANS: "corda pistola arma revolver navalha lamina* gilete faca espingarda estilete",
    DROP: "ponte telhado predio janela varanda penhasco viaduto sacada terraco precipicio edificio parapeito",
    HEAVY: "trem comboio metro carro caminhao camiao onibus autocarro linha trilhos",
    CORTE:
      "corto cortei cortado cortando cortar corta queimo queimei arranho arranhei rasgo rasguei rasgar cortes",
    CORPO: "pulso pulsos veias braco bracos coxa coxas pernas pele",
    MELHOR: "melhor melhores felizes feliz aliviad* alivio facil livres",
    PETTY: "wifi impressora anuncio* selfie* ressaca louca despertador",
    AGE: "12 13 14 15 16 17 18 19 20 21 22 23 24 25",
    DANO: "machuco machucar magoo magoar firo ferir mutilo mutilar corto cortar automutilo queimo queimar castigo arranho arranhar agrido bato lesiono lesionar flagelo aleijo",
  },
  telling:
    "eu me mim meu minha que nao quero de a o os as em no na e um uma por para com ja estou tenho mas mais muito se como sou vou sem vida tudo quando ninguem melhor te voce voces sei ao da do das dos isso pra seu sua ela ele foi ola tchau quer obrigado obrigada morrer viver hoje cortei ontem amanha morreu mae ponte vai matou morrendo pai novo toda penso morri morta comprimidos faz pular adeus diz vontade aguento morto remedios pulsos rir trabalho morro noite acordar sempre filme tomei meus avo fala depois agora tentei enforcar bracos quase essa comigo pensamentos ter quantos estarei irma jogo fazer filho propria sumir vejo nesse pro ainda machucar alguem chefe cachorro vergonha disse fico fim gente fui tem escrevi jogar saida cansei continuar corda deixar voltei saudade logo praia vezes conta musica sinto monte cabeca prova acho dou",
  read: `n: nao
ñ: nao
num: nao
vc: voce
vcs: voces
q: que
tô: estou
to: estou
tou: estou
toh: estou
pra: para
pro: para
qro: quero
kero: quero
mto: muito
mt: muito
td: tudo
tbm: tambem
pq: porque
p: para
hj: hoje
amanha: amanha
agr: agora
ngm: ninguem
msm: mesmo
suisidio: suicidio
suissidio: suicidio
viver: viver
vo: vou
matarme: matar me`,
  fillers:
    "so apenas somente realmente simplesmente verdade muito tao as vezes que a o os um uma por favor ja agora tanto ainda mesmo mesma pois bem seja absolutamente totalmente porra caralho talvez tambem serio meio esta este isso isto essa esse aqui de do da dos das e ao",
  strong: { "crisis.selfharm": "<!nunca|nao|jamais ( me|MATAR|DANO ) .4 ( proposito|querendo )" },
  harmless: `ultima mensagem .6 ( bloque*|apaguei )
( acordar|levantar ) .1 ( uma|duas|tres|quatro|cinco|seis|sete|oito|cedo )
( viver|morar ) .1 ( longe|perto )
pergunt* .2 se .6 ( MATAR|DANO|SUIC )
( tchau|adeus ) .2 todo mundo
( queimei|cortei ) .2 CORPO .2 ( forno|fogao|panela|vidro ) !proposito
( perdemos|perdi|perdeu ) .2 por SUIC
bebe .9 precis*
( medo|pavor|receio ) .1 MORRER
sem ( voce|ti|voces|musica|cafe|internet|#other ) eu? nao .1 ( consigo|posso|sei )? .1 ( vivo|viver )
nao .1 estarei .2 ,? .1 ( vou|viajo|parto|mudo ) #other
tiro .3 pe
no me ( corto|lastimo|quemo )
parei .2 ( me cortar|me machucar|me mutilar|cortar me|mutilar me )
nao me ( corto|machuco|mutilo )
( anos|meses ) .2 parei .3
THIRD .6 queria ( sumir|desaparecer )
( prefiro|preferia ) MORRER ( deixar|dar|pedir|vender|votar|admitir|torcer|casar|morar|aceitar|emprestar )
( achei|pensei|achava ) .1 ( que )? .1 ia MORRER
MORRER com .1 botas
overdose ( chocolate|fofura|acucar|panetone|natal|doce|informacao )
( e|foi|seria|era ) SUIC ( $ | , )
com .3 e? SUIC $
( puro|pura|verdadeiro|autentico|coletivo ) SUIC
( script|processo|servidor|programa|container|bot ) .4 SUIC
THIRD .4 ( prefere|preferia ) MORRER !continuar|viver
( dirige|conduz|freio|freios|travoes ) .5 SUIC
( matou|suicid*|tiro|enforc* ) .2 em #year
( vitamina*|cafe|cafeina|chocolate|cachorro|gato ) .4 ( overdose|letal|fatal )
( overdose|letal|fatal ) .4 ( vitamina*|cafe|cafeina|chocolate|cachorro|gato )
( embora|partir|sair ) .1 ( daqui|cidade|casa|emprego|empresa|pais )
( quant* ) .1 MED .4 ( dia|cabeca|febre|enxaqueca ) .1 $
( festa|chat*|reuniao|escritorio|aula ) .5 nao .2 estar aqui
( sem|nenhum|nenhuma|nao tenho ) .1 ( pensamentos|ideias|intencao|vontade ) .1 ( SUIC|MATAR|DANO|MORRER )
quase me ( mata|matou|mataram )
quase MORRER
( vai|vao ) .1 morrer
( largar|deixar|sair ) .2 ( emprego|trabalho|escola|faculdade|cidade|empresa )
( vai|vao ) .1 acabar comigo
quis morrer quando
nao ( diria|digo ) .3 SUIC
( quant* ) .1 MED .5 ( caixa|cartela ) $
( MATAR|matei ) .5 granada*
( morreu|morto|morta ) .1 overdose
nao ( penso|pensei|planejo|quero ) .1 ( me MATAR|MATAR me )
nao ( quero|vou|penso|queria|tento|tentei|pretendo|estou ) .1 ( MORRER|me MATAR|me DANO|MATAR me|suicidio )
( nunca|jamais ) .4 ( MATAR|DANO|SUIC|machucaria|mataria|faria mal|magoaria|MORRER )
nao ( sou|estou ) .1 SUIC
nao .2 ( penso|pensei|pensamentos|considero ) .1 SUIC
( morro|morrer|morrendo|morri|morto|morta|morreu|morria|mortinh* ) ( rir|fome|vergonha|sono|calor|frio|vontade|medo|cansaco|cansad*|tedio|amor|inveja|sede|pena|nervos|velh*|saudade*|raiva|ciume*|curiosidade|paixao|ansiedade|preguica|velhice|riso|desejo|ver|saber|jogo|fase|boss|aborrecimento )
morri !quero
( vai|vao|ia|iria|vem ) me matar
( prefiro|preferia ) MORRER .1 antes
( prefiro|preferia ) .1 MORRER ( ir|voltar|comer|ver|fazer|trabalhar|estudar|sair|falar|usar|assistir|perder|passar|ouvir|limpar )
PETTY .5 ( MORRER|MATAR|tiro )
( MORRER|MATAR|tiro ) .5 PETTY
( pular|jogar|atirar|jogo|joguei|pulei|mergulhar ) .1 ( piscina|sofa|cama|trabalho|rede )
( cortei|corto|queimei|machuquei ) .5 ( copo|vidro|lata|caco|pontos|panela|prato )
me|cortei|queimei ( cortei|corto|queimei|queimo|cortar|cortei-me )? ( cabelo|unha*|cozinhando|dedo|forno|barbea*|barba|cozinha|querer|mao|papel|ferro|relacoes|gordura|acucar|franja )
me|mim ( machuquei|magoei|feri|machucar|aleijei ) .1 ( jogando|jogar|treino|treinando|futebol|correndo|joelho|costas|pe|academia|ginasio|trabalho|querer|bola )
( jogando|cozinhando|trabalhando|barbeando|querer|acidente ) .4 ( cortei|queimei|machuquei )
acabar com tudo ( trabalho|comida|isso )
<!me ( matar|matando|mata ) ( tempo|saudade*|aula*|fome|charada|sede )
( ferias|viagem|trabalho|escritorio|medico ) .6 nao .2 estarei
nao .2 estarei .6 ( ferias|viagem|trabalho|escritorio|medico|reuniao )
( desaparecer|sumir ) ( uns|umas|fim semana|ferias|praia )
( viver|vivendo|existir ) ( em|no|na|nos|nas|neste|nesta|nesse|nessa|num|numa|naquela|naquele ) !mundo|dor|medo|inferno|vida|paz
nao quero viver ( lisboa|sao|porto|com|sozinh*|longe|rio|brasil|portugal )
SUIC ( politico|profissional|economico|social )`,
  laughed: `adeus .1 mundo cruel
me ( jogo|atiro|enforco|mato )
jogo me
QUERO .2 MORRER
morro|morri
me .1 matar
me mato`,
  own: {
    "crisis.active": `QUERO .2 minha vida .1 ( acabe|termine|pare )
( parapeito|viaduto|terraco|DROP ) .9 ( eu )? ( pulo|salto|atiro me|me atiro )
( vou|queria|quero ) .1 me? ( atirar|jogar )  ( $ | , )
me vou ( atirar|matar|enforcar|jogar )
( meto|ponho|coloco|pus|botei ) .2 ( cacadeira|arma|pistola|cano|revolver|espingarda ) .3 ( boca|cabeca|ouvido )
( abri|abrir|ligar|abro ) .1 gas
( falhei|tentei ) .4 ( ramo|corda|galho ) .4 ( partiu|rebentou|arrebentou|quebrou )
falta .1 so? .1 corda
por termo vida
( mistur* ) .2 MED .4 ( alcool ) .4 ( mata|matar|morr* )
ja escolhi .1 ( dia|data|ponte|sitio|lugar )
escolhi .1 ( trave|viga|ramo|galho|corda )
( hoje|noite|amanha ) .2 ( acabo|termino|acabarei ) com? ( tudo|isso|isto|vida ) ( $ | , )
( hoje|noite|amanha ) .2 ( acabo|termino ) com ( $ | , )
( HEAVY|metro ) .9 ( pular|saltar|jogar|atirar ) .2 ( frente|baixo )
QUERO .3 ( pular|saltar|atirar me|me atirar|me jogar ) .2 frente
( DROP ) .9 QUERO .2 ( pular|saltar|me jogar )
( arma|cano|pistola|revolver ) .5 ( boca|tempora|testa|ouvido )
( entrar|caminhar|nadar|andar ) .4 ( mar|rio|agua|lagoa|ondas ) .5 ( afog*|nunca mais|nao volt* )
( me afogar|afogar me )
SUIC .5 ( unica|unico|saida|penso )
( unica|unico ) .4 SUIC
( corda ) .4 ( viga|amarrad*|pendurad*|gancho )
dar cabo .1 ( mim|vida )
por termo .2 vida
( terminar|acabar|acabo|termino ) com vida
~ QUERO .3 MORRER !antes
( quero|queria|desejo|gostaria|gostava|prefiro|preferia|deveria|devia|merecia|tomara|oxala ) .3 ( estar|estivesse|ser|estava ) .1 ( mort* )
( me|mim ) ( matar|suicidar|enforcar|mato|suicido|enforco|matasse|matei ) !trabalhar|estudar|rir|treinar|tanto
( matar|suicidar|enforcar|mato|suicido|afogar ) me
me ( quero|vou|queria|tentei ) .1 ( matar|suicidar|enforcar )
( tirar|tiro|tirando|tirei|acabar|por|por fim|pôr ) .1 ( propria|minha ) .1 ( propria )? vida
( acabar|terminar|acabo|termino|acabando|finalizar|encerrar|acabei ) .1 ( com )? .1 ( minha vida|minha existencia|meu sofrimento|minha dor|meus dias|comigo )
QUERO .2 ( acabar|terminar|por fim ) ( com )? ( tudo|comigo|minha vida )
( por|dar|pôr|colocar|botar ) .1 fim .3 ( vida|tudo|dias|sofrimento|existencia|dor )
QUERO .3 ( jogar|atirar|saltar|pular|lancar ) .3 ( DROP|HEAVY )
( pular|saltar|jogar|atirar ) .3 ( DROP|HEAVY ) !bungee
me ( jogar|atirar|lancar ) .3 ( DROP|HEAVY )
( bater|enfiar|jogar|espetar ) .2 carro .3 ( poste|arvore|muro|ponte )
~ ( dar|meter|levar|enfiar ) .2 ( tiro|bala ) .3 ( cabeca|mim|boca|$ )
( penso|pensei|pensando|pensar|tenho|sinto|planejo|considero|tentei ) .3 SUIC
( penso|pensando|sonho|fantasio|desejo|anseio|espero|quero|pensar ) .3 ( minha morte|morte )
( morte|morrer ) .3 ( alivio|saida|solucao|descanso|unica|paz|resposta|libert* )
( unica|unico ) .2 ( saida|solucao|opcao|forma|maneira|jeito ) .4 ( morrer|morte|SUIC|me matar )
( deixar|partir|sair|abandonar|ir embora ) .2 ( mundo|vida|desta vida|terra )
( cortar|abrir|cortei|abri ) .2 ( veias|pulsos )
sou SUIC
( imagino|sonho|fantasio ) .3 nao ( existir|existo )
( abrir|rasgar ) .1 CORPO
( abrir|rasgar ) ( meus|meu ) CORPO
nao .2 ( prometer|prometo|garantir ) .5 viv*
enforcar .1 doi
doi .2 enforcar
me ( jogo|atiro|lanco|jogarei|atirarei ) .4 ( DROP|HEAVY )
( encontrarao|acharao|encontrem|achem|encontrar|achar ) .2 ( meu corpo|meu cadaver|me mort*|morto|morta )
estou SUIC
SUIC .3 ( unica|saida|opcao|solucao )
tirar vida
QUERO .1 ( deixar|parar ) ( de )? ( viver|existir|respirar )
dera .2 ( morrer|mort*|nao acord* )
( desistir|desisti|desistindo ) .1 ( viver|vida )`,
    "crisis.passive": `( odeio|detesto ) .1 estar viv*
( peco|rezo|pedindo ) .5 ( deus|senhor|nossa ) .6 ( leve|chame|busque )
( deus|senhor ) .4 me leve
( filhos|familia|eles|todos ) .4 ficavam melhor .6
( campa|caixao|cova ) .6 ( inveja|viv*|aturar|queria )
( inveja ) .4 ( mort*|caixao|cemiterio )
( raiva|odio|pena ) .2 acordar .4 ( dia|dias|manha )
porque eu nao morro
por que eu nao morro
nao ter .2 ( mais )? .1 viver
nao .2 ( quero|desejo|queria|tenho vontade|consigo|suporto|aguento|mereco|vale pena|apetece|me interessa ) .2 ( VIVER|viver|estar viv*|estar mundo|mais estar|estar mais|mais ca|existir ) !sozinh*|com|la|ali|juntos|portugal|brasil|lisboa|sem|aluguel|perto|longe|cedo|sao
( ja nao|nao ) .1 ( quero|desejo|aguento ) .1 ( mais )? ( seguir|estar|viver|existir|continuar ) .2 ( aqui|viv*|mundo|mais|assim ) ( $ | , | mais )
nada por .1 VIVER
( SEM|perdi|perdido|resta ) .4 ( razao|razoes|motivo|motivos|sentido|vontade|forcas|proposito|esperanca|forca|gosto ) .3 ( VIVER|continuar )
( vida !sem|viver !sem|existencia|existir|continuar ) .3 ( nao|nem|nada|perdeu|sem ) .2 ( sentido|vale|pena|serve|valor|proposito )
vida .2 ( insuportavel|inutil|vazia|nao vale|vale nada|desperdicio|erro|fardo|inferno|tortura|lixo )
( cansad*|fart*|exaust*|cansei ) .2 ( viver|existir|vida|respirar|estar viv* )
( que|para que|qual ) .2 ( sentido|serve|proposito|adianta|ponto ) .3 ( VIVER|continuar )
^ .2 para ( continuar|viver|existir|vivo|acordar )
( para que|porque|por que ) .2 ( continuar|vivo|viver|existo|acordar )
( nao|nunca|jamais ) .3 ( devia|deveria|queria|tivesse|ter|houvesse ) .3 ( nascido|nascer|existido|existir )
( nunca|nao ) .2 ( ter )? nascido
( tomara|oxala|queria|gostaria|gostava|espero|desejo|rezo|peco|quem dera ) .5 ( mort*|morresse|morrer|nao acord*|nunca .1 acord*|desaparec*|nao existi*|atropel*|cancer|cancro|matasse|nao viv*|acidente|raio|nunca nasc*|nao .1 nasc*|sumir|nao acordasse )
( nao|nunca|jamais ) .2 ( acordar|acorde|acordasse ) .1 ( $ | amanha|mais|nunca|jamais|, )
( dormir|adormecer|deitar|fechar olhos ) .4 ( nao acord*|nunca .1 acord*|para sempre|sempre|jamais|nunca mais )
( desaparecer|sumir|evaporar ) .2 ( sempre|mundo|completo|terra|vez|vida|mapa )
QUERO ( desaparecer|sumir|evaporar ) $
( MELHOR|bem ) .2 ( sem mim|se eu .1 ( nao|morr*|sumi*|desaparec* )|se morresse )
sem mim .4 ( MELHOR )
( estaria|estariam|seria|seriam|ficariam|ficaria|estarias ) .3 ( MELHOR ) .3 ( mort*|sem mim|se .2 )
( ninguem|quem ) .4 ( falta|importa*|chor*|not*|saudade*|dar por|lembr*|ligar*|sentir* ) .5
( se ) .2 ( morresse|morro|desaparecesse|sumisse|nao existisse|morrer|eu morrer|nao estivesse|nunca tivesse ) .5
( fardo|peso|estorvo ) .4 ( todos|familia|pais|mundo|filhos|outros|toda )
( nao ) .1 ( mereco ) .2 ( viver|vida|existir|estar )
( tanto faz|nao me importo|nao importa|nao ligo|tanto me ) .4 ( morr*|viv*|acord* )
nao .2 ( importaria|importava|incomodaria|faz diferenca ) .4 ( morr*|acord*|viv* )
( nao ) .2 ( futuro ) .4 ( nem|quero )
( mundo ) .3 ( sem mim )
( erro|desperdicio ) .3 ( nascer|nascimento|existencia|oxigenio|ter nascido )
( ter nascido|minha existencia|minha vida ) .2 erro
( doi|doloroso|insuportavel|pesa ) .2 ( viver|existir|estar viv* )
( viver|existir|estar viv* ) .2 ( doi|insuportavel|tortura|cansa )`,
    "crisis.plan": `( prestes|quase ) .1 ( pular|saltar ) ( $ | , )
( janela|varanda|DROP ) .9 ( me soltar|me deixar cair|deixar cair )
( todos|tudo ) MED vez
( cinto|lencol|cachecol|cabo|fio ) .4 ( macaneta|porta|viga|gancho|barra|pescoco )
( contei|contando|contados ) .3 MED
( estou|parad*|sentad* ) .3 ( viaduto|ponte|parapeito|terraco ) .6 ( hora|horas|baixo|carros|olhando )
( MED|MEANS ) .4 ( mao|maos|lado|frente|pront*|mesa|gaveta|cama )
quant* .1 MED .6
( dose ) ( letal|mortal|fatal )
overdose .3
( tomar|tomei|tomo|engoli|engolir|engulo|tomado ) .3 ( tod*|caixa|frasco|cartela|monte|muitos|inteir*|demais|punhado|varios ) .3 ( MED )
( tomo|tomar|tomei|engulo|engolir|engoli ) .2 ( frasco|caixa|cartela ) .1 ( inteir*|todo|toda )
( tom*|engol* ) .3 MED .4 ( todos|morrer|dormir|acabar|demais )
( todos|toda|tudo ) .2 MED
( guard*|junt*|acumul*|estoc* ) .4 MED
como _4 ( me matar|me suicid*|morrer|matar me|suicidar me|tirar .2 vida|me enforc*|acabar com minha )
( forma|maneira|metodo|modo|jeito|formas|maneiras|metodos ) .4 ( morrer|me matar|suicid*|matar me )
( sem dor|indolor|rapid*|sem sofrer ) .4 ( morrer|me matar|morte|suicid* )
( morrer|me matar|morte|suicid*|matar me ) .2 ( sem dor|sem sofrer|rapid*|indolor )
( carta*|bilhete*|mensagem|video|nota ) .2 ( suicid*|despedida|adeus )
( DROP|trilhos ) .5 ( pular|saltar|jogar|atirar|lancar )
( parad*|sentad*|subi|beira|estou|em cima ) .3 ( beira|parapeito|trilhos|telhado|ponte|varanda ) .4 ( pular|saltar|jog*|atir*|$ )
( compr*|consegui|tenho|arranjei|carreg* ) .3 ( corda|pistola|arma|veneno|lamina*|gilete|chumbinho ) .5
( data|dia|plano|hora|lugar|metodo ) .5 ( morrer|me mat*|suicid*|minha morte|acabar com|matar me|tirar .2 vida )
aguento .3 ( hoje|noite|agora ) .3 ( acabo|termino|acabar ) com?
( hoje|noite|amanha|sexta|domingo ) .4 ( me mato|morro $|me matar|vou morrer|acabo com tudo|acabo com minha|ultima|tiro minha|me suicido|acaba tudo|mato me )
( ultimo|ultima ) ( dia|noite|aniversario ) .1 ( vida|viv*|terra|mundo )
( pesquisei|procurei|pesquisando|procurando|googlei|procuro ) .5 ( morrer|me matar|suicid*|enforc* )
( dei|doei|dando|distribui|ofereci ) .4 ( coisas|tudo|pertences|roupas ) .7 ( precis*|vou|estarei )
nao .3 precis* .4 ( onde vou|amanha|depois hoje )`,
    "crisis.farewell": `( perdo*|desculp* ) .4 vou fazer
( adeus|despeço|despedida|tchau|despeco ) .3 ( para sempre|sempre|mundo|cruel|nunca )
( e|este|meu|esta|ser ) .1 ( meu|minha )? ( adeus|despedida|ultimo adeus )
( ultimo|ultima|ultimas ) ( mensagem|palavras|adeus|vez ) .4
( meu|minha|minhas ) ( ultimo|ultima|ultimas ) ( mensagem|palavras|carta )
( quando|se ) .1 ( ler|lerem|leres|encontrar*|voce ler|voces lerem ) .6 ( mort*|nao .2 estarei|viv*|terei|partido )
( amanha|breve|noite|logo ) .2 ( nao .1 estarei|nao estou|estarei mort*|terei morrido ) .3
nao .1 estarei .1 ( mais )? ( viv*|mundo|entre voces|amanha|mais aqui|ca amanha )
nao estarei mais .2
( nao|nunca ) .2 ( verao|veras|me ver|vai .1 ver|vao .1 ver|ver me|vera ) .2 ( mais|nunca|novo )
nunca mais .2 ( ver*|vao|vai|ouv* ) .3
( deixo|deixar|parto|vou|partir ) .3 ( mundo|para sempre|desta vida|outro lado )
( vemo|vemos|encontr*|vejo ) .3 ( outra vida|outro lado|ceu|inferno|proxima vida )
( quando|depois ) .1 ( eu )? .1 ( for embora|partir|nao .1 estiver|morrer|tiver ido|estiver mort* ) .4 ( cuid*|lembr*|dig*|diz|por favor|$ )
( perdoem|perdoa|perdao|desculpem|desculpa ) .5 ( adeus|partir|pelo que vou|nao aguentei|deixar*|ir embora )
( digam|diga|diz ) .5 ( amo|amava|adoro ) .4 ( nao terei|adeus|nao vou|nunca|poderei )
cuid* .5 ( quando eu nao|quando eu .1 for|quando eu .1 partir|quando eu morrer )
nao .1 se .1 culp* .4
adeus .6 perdo*
perdo* .6 adeus`,
    "crisis.selfharm": `me ( machuquei|cortei|feri|queimei ) ( novo|proposito|outra )
( queimei|queimo|cortei|corto|rasguei ) .1 ( meu|minha|meus|o )? .1 ( CORPO|perna|mao|antebraco ) .6 ( proposito|mereco|castig*|sentir )
( enfio|espeto|finco|cravo|apago|encosto|furo ) .4 ( compasso|agulha*|tesoura*|alfinete*|cigarro*|isqueiro|estilete ) .5 ( CORPO|perna|mao|palma|barriga|coxa|pele )
( compasso|cigarro* ) .3 ( CORPO|perna|mao|palma|barriga )
( arranco|belisco|coco|mordo ) .3 ( pele|casca*|bracos|dedos ) .9 ( sangu*|sangr*|proposito )
( ate|fazer|fazendo ) .2 ( sangr*|sangue ) .4 ( proposito|querer )
( soco|bato|esmurro ) .4 ( parede|porta|espelho|cabeca ) .4 ( sangr*|sangue )
sem .2 ( me cortar|cortar me|me machucar|me mutilar ) .6 ( recaida|recai|hoje|ontem|voltei )
( recaida|recai ) .5 ( lamina|cortar|corte*|gilete )
me ( corto|automutilo|mutilo|queimo|machuco|castigo|firo|magoo|arranho|agrido|cortei $|cortei outra|cortei novo|flagelo|lesiono ) !cabelo|forno|facil|muito
( me ) ( cortando|machucando|queimando|ferindo|mutilando|magoando ) !cabelo|facil|muito
( me ) ( machucar|magoar|ferir|cortar|queimar|mutilar|castigar|arranhar|lesionar )
( machucar|magoar|ferir|cortar|mutilar|automutilar|corto|magoo|aleijar ) me
( faco|fazer|fazendo|fiz ) .1 ( mal|cortes ) .1 ( mim|mesmo|bracos|braco|pulsos )
fazer me mal
~ CORPO .3 ( cortes|feridas )
~ ( automutil*|autolesa*|autoles*|auto mutil* )
~ ( CORTE ) .3 ( CORPO )
( lamina|gilete|navalha|faca|estilete ) .4 ( pele|braco|bracos|pulso*|veias|coxa* )
( cortes|feridas|cicatrizes|marcas ) .3 ( braco|bracos|pulso*|coxa*|pernas )
( vontade|impulso|necessidade|preciso ) .2 ( cortar|sangrar|me cortar|me ferir )
( sangr* ) .3 ( sentir|ver ) .3
( parar|deixar ) .2 ( me cortar|me machucar|cortar me )
mereco .1 ( dor|sofrer|castigo )`,
    "concern.other": `THIRD -4 ( quer|querem|queria|tenta|pensa|vai|diz|fala|falou|disse|ameaca|deseja|pode ) .5 ( se matar|se suicidar|suicidar se|matar se|morrer|se cortar|se machucar|tirar .2 vida|acabar com .2 vida|se enforcar|se magoar )
THIRD -4 ( anda|esta|comecou|voltou|continua|deu ) .2 ( cortar|magoar|ferir|mutilar|machucar ) se
THIRD -4 ( quer|queria|preferia|gostaria ) .1 estar mort*
THIRD -3 ( faca|faz|fizesse ) .1 mal .1 ( si|mesm* )
( impeco|impedir|evito|evitar ) .4 se ( MATAR|mate|suicide )
medo .3 THIRD -3 se ( mate|suicide|corte )
THIRD -4 se ( cortando|machucando|mutilando|ferindo )
THIRD -4 se ( corta|automutila|machuca|mutila|magoa|quer matar )
THIRD -3 ( corta|magoa|automutila|mutila ) se
THIRD -4 ( quer|ameaca|vai|disse|diz|falou ) .3 ( dar|meter ) .1 ( tiro|bala )
THIRD -4 ( quer|ameaca|vai|disse|diz|falou ) .2 se .1 ( jogar|atirar|lancar ) .2 ( DROP|HEAVY )
THIRD -2 ( corta|cortou|rasga|queima ) .1 CORPO
( quer|tenta|pensa|ameaca|pretende|planeja ) .2 ( se matar|se suicidar|suicidar se|matar se )
THIRD -4 nao .2 quer .1 ( viver )
THIRD -4 ( tem|fala|pensa|pensamentos ) .4 ( SUIC )
THIRD -6 ( carta suicid*|carta despedida|overdose )`,
    "concern.urgent": `THIRD .9 ( vai|quer|ameaca|ia ) .2 ( tomar|engolir ) .3 MED
THIRD -3 ( tentou|tentado ) .2 ( suicid*|se matar|matar se|tirar|se suicidar )
THIRD -5 ( tomou|engoliu ) .3 ( MED|overdose )`,
    eating_disorder: `( meti|enfiei|meto ) .1 dedos .3 ( garganta|boca ) .5
( quilos|kg ) .6 ( gord*|enorme )
( jogo|escondo|deito ) .2 ( almoco|comida|lanche ) .4 ( lixo|guardanapo|fora ) .9 ( vazio|dois meses|meses|ninguem|magr* )
( 300|400|500|600|700|800 ) calorias .4 ( dia|nojo|gord* )
( sem|nao ) .2 ( comer|comi|comido ) .9 ( orgulh*|controle|controlo|forte|poderosa|leve )
( osso|ossos|esqueleto ) .7 ( gord*|enorme|obes* )
( gord*|enorme ) .8 ( osso|ossos|esquelet* )
nao .2 direito .1 comer
( mastigo|mastigar ) .5 ( cuspo|cuspir )
( compulsao|geladeira|frigorifico ) .9 ( vomit*|laxante*|purg* )
( vomit*|provoco|provocar ) .4 ( comer|comida|cada|depois|vomito|engord*|emagrec*|refeic* )
( sou|tenho|estou|acho ) .3 ( anorexi*|bulimi*|anoretic*|anorexic*|transtorno alimentar|disturbio alimentar )
( nao ) .2 ( como|comi|comer|janto ) .5 ( gord*|emagrec*|engord*|magr*|peso|dias|calorias )
( laxante* ) .4
( parar|parei ) .1 comer .4 ( emagrec*|magr*|gord*|peso )
( passo|passar|passando ) fome .4 ( emagrec*|magr*|peso )
nao mereco .1 ( comer|comida )
( pro ana|proana )`,
  },
  topic: {
    "crisis.active": `( pensamentos|cometer|ideia*|vontade|impulso* ) .2 SUIC
^ .2 SUIC .1 $
( eu|me|minha|tenho|sinto ) .4 SUIC`,
    "concern.other": `THIRD .6 SUIC
( ajud*|apoi*|falar ) .6 SUIC`,
  },
  across: {
    "crisis.farewell": "( diga*|diz|dizer ) .6 amo .3 adeus",
  },
  framed: `medicos|pacientes|seguro|apolice|filme*|livro*|romance*|serie*|jogo*|noticia*|jornal|sinais|antidepressivo*|musica*|cancao|personagem*|protagonista*|ator|atriz|estudo*|artigo*|prevencao|estatistica*|taxa*|documentario*|peca|historia|conto|famos*|jovens|risco|poema|novela|tese|palestra|lei|governo|linha
( se|foi ) .1 ( suicidou|matou|enforcou )
( matou|suicidou|enforcou ) se
( desde|depois|apos ) .3 SUIC
manchete*|rotina|questionario
pergunt* .5 SUIC
^ e SUIC
^ ideacao SUIC $
( morreu|faleceu|perdi|perdemos|aniversario|funeral|luto ) .5
( suicidio ) .1 ( meu|minha|um|uma )`,
  inside: `( hamlet|ophelia|ophelie|ofelia|romeo|juliet|julia|julieta|julieta|werther|bovary|karenina|karenine|tosca|macbeth )
( resident evil|call duty|elden ring|dark souls|mario|pubg|overwatch|diablo|warcraft|roblox|among us )
<!me ( jogo|filme|romance|videogame|chefao|minecraft|fortnite|rpg )
( em|no|na|num|numa|neste|nesta ) .2 ( livro|fase|partida|cena|serie|peca|historia|conto )
^ .1 ( capitulo|prologo|epilogo|cena )
( letra|refrao|canta|cantam|cantando )
( meu|minha ) ( personagem|protagonista|avatar )
( escrev* ) .3 ( historia|romance|musica|poema|roteiro|conto )`,
  speaker: `( eu|quero|estou|tenho|vou|sou|comigo|sinto|penso )`,
  past: `( aos|com ) AGE
( ha|faz ) .2 ( anos|meses|decadas|tempo )
( quando ) .2 ( era|tinha|crianca|adolescente|jovem|pequen* )
antes ,? ( eu|queria|pensava )
( antigamente|naquela epoca|naquele tempo ) .1
( adolescencia|juventude|infancia )
anos atras`,
  now: `( agora|hoje|ultimamente|atualmente|hoje em dia )`,
  again: `( quero|vou|penso|desejo|planejo|preciso ) .4 ( MORRER|MATAR|SUIC|VIVER|sumir|desaparecer )
me corto ( $ | , | todo|todos|toda )
( recaida|recai|outra vez|novo|ainda|continuo|voltei|desde )`,
};
