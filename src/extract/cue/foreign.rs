//! Verbs of saying in other languages than English: the forms that newspapers print around quoted words.
//!
//! Forms that are words of English, or common nouns of their own language, are left out.

/// Finite forms, and the participles that follow an auxiliary; a language a line.
pub(super) const VERBS: [&str; 18] = [
    // German.
    "sagte sagt sagten sagen gesagt erklärte erklärt erklärten betonte betont betonten meinte meint meinten \
        schrieb schreibt schrieben geschrieben berichtete berichtet berichteten teilte teilten forderte fordert \
        forderten kritisierte kritisiert kritisierten warnte warnt warnten antwortete antwortet antworteten \
        kündigte fragte fragt fragten rief riefen mahnte mahnt mahnten zitierte zitiert bestätigte bestätigt \
        bestätigten räumte räumten versicherte versichert versicherten unterstrich unterstreicht fügte fügten \
        ergänzte ergänzt ergänzten erwiderte erwidert entgegnete entgegnet behauptete behauptet behaupteten \
        erzählte erzählt erzählten erläuterte erläutert äußerte äußert äußerten beklagte beklagt beklagten \
        wetterte wettert schimpfte schimpft twitterte konterte kontert resümierte resümiert bilanzierte \
        bilanziert klagte klagt klagten lobte lobt bekräftigte bekräftigt verkündete verkündet bemerkte bemerkt \
        konstatierte konstatiert versprach verspricht gestand gesteht verriet verrät spottete spottet \
        scherzte scherzt",
    // French.
    "dit déclaré déclare déclarait déclarent assuré assurait assurent affirmé affirme affirmait affirment \
        ajouté ajoute ajoutait expliqué explique expliquait expliquent estimé estime estimait estiment indiqué \
        indique indiquait indiquent souligné souligne soulignait soulignent précisé précise précisait précisent \
        confié confie confiait lancé lance lançait répondu répond répondait répondent regretté regrette \
        regrettait regrettent écrit écrivait écrivent rappelé rappelle rappelait rappellent raconté raconte \
        racontait racontent demandé demandait martelé martèle martelait poursuit poursuivi poursuivait insisté \
        insiste insistait résume résumait conclut conclu concluait dénoncé dénonce dénonçait dénoncent promis \
        promet promettait prévenu prévient averti avertit admis admet admettait reconnu reconnaît reconnaissait \
        reconnaissent commenté commentait rétorqué rétorque rétorquait réagi réagit lâché lâche lâchait glissé \
        glisse indigné indigne soupiré soupire renchérit renchéri plaidé plaide plaidait jugé jugeait justifié \
        justifie justifiait observé observait remarqué relevé annoncé annonce annonçait annoncent témoigné \
        témoigne témoignait témoignent soutenu soutient soutenait tonné ironisé ironise nuancé déploré déplore \
        déplorait déplorent félicité félicite exclamé exclame interrogé interroge confirmé confirme confirmait \
        tweeté twitté signalé signale évoqué évoque salué salue murmuré murmure crié proclamé proclame considéré \
        considère",
    // Spanish.
    "dijo dice dicho decía dijeron dicen afirmó afirma afirmado afirmaba afirmaron aseguró asegura asegurado \
        aseguraba aseguraron señaló señala señalado señalaba señalaron declaró declara declarado declararon \
        explicó explica explicado explicaba explicaron añadió añade añadido agregó agrega agregado indicó indica \
        indicado indicaron sostuvo sostiene sostenido preguntó contestó contesta replicó insistió insistido \
        recordó recuerda recordado prometió promete reconoció reconoce reconocido destacó destaca destacado \
        manifestó manifestado comentó comenta comentado apuntó apunta apuntado escribió escribe escrito \
        respondió responde respondido advirtió advierte advertido subrayó subraya subrayado reiteró reitera \
        reiterado expresó expresa expresado sentenció zanjó zanja denunció denunciado lamentó lamenta lamentado \
        criticó critica criticado confesó confiesa confesado admitió admite admitido anunció anuncia anunciado \
        concluyó concluye concluido precisó precisa precisado puntualizó matizó matiza aclaró aclara aclarado \
        confirmó confirma confirmado relató relata relatado narró contó contado exclamó exclama pidió exigió \
        opinó opina remarcó remarca recalcó recalca enfatizó enfatiza apostilló remachó espetó ironizó bromeó \
        argumentó argumenta alertó alertado avisó resaltó resalta tuiteó celebró",
    // Italian.
    "detto disse dicono diceva dichiarato dichiara dichiarò spiegato spiega spiegò spiegano aggiunto aggiunge \
        aggiunse sottolineato sottolinea sottolineò affermato afferma affermò affermano risposto risponde \
        rispose raccontato racconta raccontò raccontano scritto scrive scrisse ribadito ribadisce ribadì \
        commentato commenta commentò concluso concluse assicurato assicura assicurò ricordato ricorda ricordò \
        osservato osserva osservò precisato precisò ammesso ammette ammise annunciato annuncia annunciò \
        avvertito avverte avvertì chiesto chiede chiese replicato replicò attaccato attacca attaccò denunciato \
        denunciò sostenuto sostenne insistito confermato conferma confermò rivelato rivela rivelò rilevato \
        rileva promesso promette garantito garantisce esclamato esclama ironizzato ironizza tuonato tuona \
        rimarcato rimarca evidenziato evidenzia confessato confessa prosegue proseguito continua incalza twitta \
        twittato rassicura rassicurato auspica auspicato",
    // Portuguese.
    "diz dito dizia disseram dizem afirmou afirmava afirmaram declarou declararam explicou explicaram \
        acrescentou acrescenta destacou destacaram ressaltou ressalta contou contaram escreveu escreve respondeu \
        avaliou avalia perguntou lembrou lembra garantiu garante rebateu completou criticou defendeu defende \
        alertou reforçou reforça reiterou frisou frisa enfatizou salientou salienta sublinhou sublinha informou \
        informa comentou confirmou anunciou pontuou pontua relatou revelou revela admitiu reconheceu reconhece \
        concluiu conclui observou observa argumentou assegurou assegura prometeu lamentou desabafou desabafa \
        ironizou questionou questiona ponderou pondera apontou aponta relembrou relembra celebrou replicou \
        referiu refere adiantou adianta retorquiu vincou",
    // Dutch.
    "zei zeiden zegt zeggen gezegd aldus vertelde vertelt vertelden verteld schreef schrijft geschreven \
        voegde verklaarde verklaart verklaard antwoordde antwoordt benadrukte benadrukt stelde stelt stelden \
        vroeg vraagt meende meent waarschuwde waarschuwt bevestigde bevestigt erkende erkent meldde meldt \
        meldden riep roept concludeerde concludeert herhaalde herhaalt beloofde belooft reageerde reageert \
        lachte lacht klaagde klaagt twitterde betoogde betoogt beweerde beweert beaamde beaamt vervolgde \
        vervolgt",
    // Swedish.
    "säger sade skriver skrev berättar berättade svarar svarade frågar frågade menar menade påpekar påpekade \
        tillägger tillade konstaterar konstaterade förklarar förklarade betonar betonade understryker hävdar \
        hävdade uppger uppgav bekräftar bekräftade varnar varnade kommenterar kommenterade fortsätter ropade \
        lovar lovade",
    // Danish, Norwegian.
    "siger sagde sier fortæller fortalte forteller svarer svarede svarte spørger spurgte mener mente tilføjer \
        tilføjede tilføyer understreger understregede forklarer forklarede forklarte påpeker påpeger oplyser \
        oplyste opplyser opplyste udtaler udtalte uttaler uttalte bekræfter bekræftede bekrefter advarer \
        advarede lyder konstaterer konstaterede konkluderer fastslår fastslog lovede hevder hævder",
    // Polish.
    "powiedział powiedziała powiedzieli mówi mówił mówiła dodał dodała dodaje stwierdził stwierdziła \
        stwierdza podkreślił podkreśliła podkreśla zaznaczył zaznaczyła zaznacza napisał napisała pisze \
        odpowiedział odpowiedziała odpowiada zapytał zapytała poinformował poinformowała informuje oświadczył \
        oświadczyła ocenił oceniła ocenia wyjaśnił wyjaśniła wyjaśnia zapewnił zapewniła zapewnia przyznał \
        przyznała przyznaje tłumaczył tłumaczyła tłumaczy przekonywał przekonywała przekonuje twierdzi uważa \
        ostrzegł ostrzegła ostrzega skomentował skomentowała komentuje zauważył zauważyła zauważa zapowiedział \
        zapowiedziała przypomniał przypomniała opowiada relacjonuje",
    // Czech, Slovak.
    "řekl řekla řekli říká uvedl uvedla uvádí dodal dodala dodává prohlásil prohlásila sdělil sdělila sdělili \
        zdůraznil zdůraznila upozornil upozornila poznamenal poznamenala napsal napsala píše odpověděl \
        odpověděla vysvětlil vysvětlila vysvětluje popsal popsala potvrdil potvrdila tvrdí míní povedal povedala \
        hovorí uviedol uviedla skonštatoval vyhlásil vyhlásila",
    // Turkish.
    "dedi diyor söyledi söylüyor belirtti ekledi açıkladı vurguladı konuştu kaydetti sordu yazdı anlattı \
        uyardı",
    // Hungarian, Romanian, Finnish.
    "mondta mondja közölte hangsúlyozta írta nyilatkozta tette spus spune declarat afirmat precizat adăugat \
        explicat subliniat scris transmis sanoo sanoi kertoo kertoi toteaa totesi kirjoittaa kirjoitti sanovat",
    // Russian.
    "сказал сказала сказали говорит говорил говорила говорят заявил заявила заявили заявляет сообщил сообщила \
        сообщили сообщает отметил отметила отметили отмечает подчеркнул подчеркнула подчеркивает подчёркивает \
        добавил добавила добавили рассказал рассказала рассказали рассказывает пояснил пояснила поясняет \
        объяснил объяснила объясняет написал написала написали пишет ответил ответила отвечает считает считают \
        уверен уверена напомнил напомнила уточнил уточнила признался призналась признал признала предупредил \
        предупредила пообещал пообещала спросил спросила констатировал резюмировал воскликнул воскликнула \
        утверждает утверждал указал указала полагает цитирует цитируют прокомментировал прокомментировала",
    // Ukrainian.
    "сказав каже говорить заявив повідомив повідомила повідомляє зазначив зазначила зазначає наголосив \
        наголосила підкреслив підкреслила додав додала розповів розповіла розповідає пояснив пояснює написав \
        пише відповів відповіла вважає нагадав нагадала уточнив",
    // Greek.
    "είπε λέει δήλωσε τόνισε ανέφερε πρόσθεσε υποστήριξε σημείωσε έγραψε απάντησε εξήγησε υπογράμμισε \
        επισήμανε ανακοίνωσε",
    // Indonesian, Malay.
    "kata ujar ujarnya katanya jelas jelasnya tutur tuturnya ungkap ungkapnya tegas tegasnya imbuh imbuhnya",
    // Arabic.
    "قال قالت قالوا وقال وقالت أضاف أضافت وأضاف وأضافت أكد أكدت وأكد وأكدت أوضح أوضحت وأوضح وأوضحت صرح صرحت وصرح أعلن \
        أعلنت وأعلن ذكر ذكرت وذكر اعتبر اعتبرت واعتبر أشار أشارت وأشار وأشارت كتب كتبت وكتب تابع وتابع",
    // Persian.
    "گفت گفته افزود گفتند نوشت خاطرنشان تصریح",
];
