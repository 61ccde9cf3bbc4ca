#include "policy/answer/answer_words_romance.h"

#include <array>

namespace ccgate {

std::span<const AnswerWords> answer_words_romance() noexcept {
  static constexpr auto kLanguages = std::to_array<AnswerWords>({
      {
          .name = "fr",
          .yes =
              "oui|ouais|oui oui|mais oui|d "
              "accord|confirmé|confirmée|approuvé|approuvée|accepté|acceptée|validé|validée|autorisé|"
              "autorisée|accordé|"
              "accordée|oui bien sûr|oui d accord|oui c est bon/correct/exact/ok|c est "
              "confirmé/validé/approuvé/accepté/d accord?|je/j/nous le/la/les/vous/l? "
              "confirme/confirmons/approuve/approuvons/accepte/acceptons/valide/validons/autorise/autorisons/"
              "soutiens/soutenons bien/également/volontiers? THEM?|je soussigné/soussignée? confirme "
              "THEM?|confirmons/confirme bien THEM|je/nous suis/sommes tout/entièrement/bien? à? fait? d "
              "accord avec/pour? THEM?|pas/aucun/aucune/sans de/d? "
              "problème/problèmes/souci/soucis/objection/objections/inconvénient de/pour/à? "
              "notre/ma/nous/moi? part?|je/nous n ai/avons aucune/aucun objection/objections/problème "
              "à/contre/avec? THEM?|je/nous n ai/avons pas d/de objection/objections/problème à/contre/avec? "
              "THEM?|je/nous ne vois/voyons pas d/aucun/aucune inconvénient/objection à? THEM?|je/nous ne "
              "vois/voyons aucun/aucune inconvénient/objection à? THEM?|je/nous n y? vois/voyons "
              "aucun/aucune/pas d? inconvénient/objection à? THEM?|je/nous donne/donnons mon/notre accord "
              "pour? THEM?|accord donné|bon pour accord|je ne m y? oppose/objecte pas à? THEM?|nous ne nous "
              "y? opposons pas à? THEM?|tout est en ordre/ok/bon/correct|tout est en? ordre|THEM est/sont "
              "correct/correcte/ok/confirmé/confirmée/approuvé/approuvée/légitime/autorisé/"
              "autorisée|veuillez/merci/vous de/pouvez? l/la/le/les? "
              "accepter/ajouter/inscrire/admettre/valider/approuver THEM",
          .yes_alone =
              "bien sûr|certainement|volontiers|entendu|confirme|je confirme|nous confirmons|exact|c est "
              "bon|c est exact|c est correct|tout à fait|absolument|parfaitement|évidemment|naturellement|ok "
              "pour nous/moi|entendu|avec plaisir|si",
          .support = "THEM? travaille/travaillent chez/pour/avec nous|THEM? fait/font partie de nous/notre? "
                     "équipe/personnel?|THEM? est/sont l? un/une/des? de/notre/nos? "
                     "nôtres/nous/collègue/collègues/employé/employée/employés|je/nous connais/connaissons "
                     "THEM|nous/je la/le/les connaissons/connais|THEM? est/sont connu/connue/connus de nous",
          .no = "non|non non|non merci|certainement pas|surtout pas|en aucun cas|absolument pas|bien sûr que "
                "non|pas du tout|pas d accord|pas de nous|jamais de la vie|hors de question|mais non",
          .no_alone = "jamais",
          .refusal =
              "refusé|refusée|demande/inscription refusée/rejetée|malheureusement "
              "non|refus|rejeté|rejetée|rejet|je/nous la/le/les? "
              "refuse/refusons/rejette/rejetons/décline/déclinons THEM?|veuillez/merci/prière/svp de? "
              "l/la/le/les? refuser/rejeter/décliner/bloquer THEM?|refuser/rejeter "
              "THEM?|refusez/rejetez/déclinez la/le/les? THEM?|je/nous ne l/la/le/les/vous? "
              "confirme/confirmons/connais/connaissons/approuve/approuvons/accepte/acceptons/autorise/"
              "autorisons/valide/validons/souhaite/souhaitons/reconnais/reconnaissons/veux/voulons pas "
              "THEM?|je/nous n approuve/approuvons/accepte/acceptons/autorise/autorisons pas THEM?|je/nous "
              "ne suis/sommes pas d accord avec? THEM?|merci/veuillez/prière? de? ne pas l/la/le/les? "
              "accepter/ajouter/inscrire/admettre/valider/confirmer/approuver/autoriser THEM?|n "
              "acceptez/ajoutez/inscrivez/autorisez/approuvez pas THEM?|ne l/la/le/les? "
              "acceptez/ajoutez/inscrivez/laissez/validez/confirmez pas entrer? THEM?|THEM nous/m est/sont "
              "inconnu/inconnue/inconnus|THEM est/sont inconnu/inconnue/inconnus de/chez? nous?|THEM ne "
              "travaille/travaillent pas/plus chez/pour/avec/ici nous?|THEM ne fait/font pas/plus partie de "
              "nous/notre? équipe/personnel?|THEM n est/sont pas "
              "l/un/une/de/chez/des/connu/connue/autorisé/autorisée/légitime? un/une/de? "
              "nous/nôtres/chez?|THEM ne vient/viennent/provient pas de nous/chez? nous?|ce n est/était pas "
              "nous/moi|inconnu/inconnue chez nous|non confirmé|non autorisé|pas confirmé|pas "
              "autorisé|personne de ce nom|nous n avons personne de ce nom",
          .objection = "objection|je/nous m/nous? oppose/opposons à? THEM?|je m oppose à? THEM?|nous nous "
                       "opposons à? THEM?|opposition|je/nous fais/faisons objection/opposition à? "
                       "THEM?|stop|arrêtez|arrêter|veuillez/merci/prière? de? l/la/le/les? "
                       "retirer/supprimer/enlever/désinscrire/radier/annuler/exclure "
                       "THEM?|retirez/supprimez/enlevez/annulez/désinscrivez la/le/les/moi? THEM?",
          .filler = "désolé|désolée|merci|merci beaucoup/bien|merci d/de avance|merci pour/de votre/le/ce "
                    "message/mail/courriel/question/demande|merci d avoir demandé|s il vous "
                    "plaît|svp|bonjour|cordialement|bien cordialement/à? vous?|salutations|meilleures "
                    "salutations|sincères salutations|bien à vous|par la présente|de notre/ma part|de "
                    "notre/mon côté|notre/ma/la réponse est|et|pour THEM|pour nous|pour "
                    "moi|aussi|également|en réponse à votre question|envoyé de mon iphone|bonne journée",
          .them = "la le les l lui elle elles il ils ce cet cette ces ça cela c celle celui demande demandes "
                  "requête inscription inscriptions abonnement personne personnes pour de des du d à au aux "
                  "en liste un une adresse collègue collègues nouvelle nouveau candidat et participation "
                  "diffusion sa son leur",
          .neutral =
              "nous je on elle il elles ils la le les l lui ce cet cette ces ça cela c n ne personne nom est "
              "sont était de du des d chez pour avec connaissons connais connaît ici travaille travaillent "
              "un une notre nos qui demande inscription vient avons ai en par sous envoyé faite fait partie",
          .negation = "pas jamais aucun aucune inconnu inconnue plus",
          .but = "mais cependant toutefois sauf néanmoins pourtant",
      },
      {
          .name = "es",
          .yes = "sí "
                 "señor/claro/por/confirmado/confirmamos/confirmo/gracias/acepto/aceptamos/autorizo/"
                 "autorizamos/apruebo/aprobamos supuesto?|si señor/claro/confirmado/confirmamos/confirmo|de "
                 "acuerdo|confirmado|confirmada|aprobado|aprobada|aceptado|aceptada|autorizado|autorizada|"
                 "concedido|conforme|vale|"
                 "claro que sí|por supuesto que sí|yo/nosotros? lo/la/los/las/le/les? "
                 "confirmo/confirmamos/apruebo/aprobamos/acepto/aceptamos/autorizo/autorizamos/apoyo/"
                 "apoyamos/avalo/avalamos THEM?|estoy/estamos de/totalmente? de? acuerdo con? "
                 "THEM?|estoy/estamos conforme/conformes con? THEM?|queda/quedan "
                 "confirmado/confirmada/aprobado/aprobada/autorizado/autorizada|está/están "
                 "bien/confirmado/confirmada/aprobado/aprobada/correcto/correcta|está/están en orden|en "
                 "orden|no hay problema/problemas/inconveniente/inconvenientes/objeción/objeciones de/por? "
                 "nuestra/mi? parte?|ningún problema/inconveniente|no me opongo a? THEM?|no nos oponemos a? "
                 "THEM?|no tengo/tenemos nada en contra|sin "
                 "problema/problemas/inconveniente/inconvenientes/objeción/objeciones|no tengo/tenemos "
                 "objeción/objeciones/problema/problemas/inconveniente/inconvenientes/ninguna objeción? "
                 "con/en/a? THEM?|no tenemos/tengo ninguna/ningún objeción/problema/inconveniente con/a? "
                 "THEM?|por? favor? "
                 "acepte/acepten/agregue/agreguen/añada/añadan/admita/admitan/inscriba/inscriban/autorice/"
                 "autoricen/apruebe/aprueben THEM|THEM es/son/está/están "
                 "correcto/correcta/legítimo/legítima/confirmado/confirmada/autorizado/autorizada|damos/doy "
                 "nuestra/mi/el/la visto/conformidad/aprobación bueno? a? THEM?",
          .yes_alone =
              "sí|si|claro|por supuesto|desde luego|correcto|exacto|seguro|así es|confirmar|bueno|muy "
              "bien|perfectamente|efectivamente|es correcto|está bien|cómo no|con gusto",
          .support = "THEM? trabaja/trabajan con/para/en nosotros|THEM? es/son "
                     "uno/una/parte/de/nuestro/nuestra/un/una? de? nosotros/los? "
                     "nuestros/compañero/compañera/colega/empleado/empleada?|conozco/conocemos a "
                     "THEM|la/lo/los/las conocemos/conozco|THEM? pertenece/pertenecen a nosotros",
          .no = "no|no no|no gracias|no señor|claro que no|por supuesto que no|de ninguna manera|de ningún "
                "modo|en absoluto|para nada|desde luego que no|negativo|no de acuerdo|no confirmado",
          .no_alone = "nunca|jamás|nunca jamás",
          .refusal = "rechazado|rechazada|solicitud/petición/inscripción "
                     "rechazada/denegada|denegado|denegada|rechazar "
                     "THEM?|rechácenla|rechácenlo|rechácela|rechácelo|recházala|recházalo|denegar THEM?|por? "
                     "favor? rechace/rechacen/rechazar/deniegue/denieguen/denegar/bloquee THEM?|yo/nosotros? "
                     "lo/la/los/las? rechazo/rechazamos/deniego/denegamos THEM?|yo/nosotros? no "
                     "lo/la/los/las/le/les? "
                     "confirmo/confirmamos/apruebo/aprobamos/acepto/aceptamos/autorizo/autorizamos/conozco/"
                     "conocemos/reconozco/reconocemos/queremos/quiero/deseamos a? THEM?|no estoy/estamos de? "
                     "acuerdo/conforme/conformes con? THEM?|por? favor? no lo/la/los/las? "
                     "acepte/acepten/agregue/agreguen/añada/añadan/admita/admitan/inscriba/inscriban/"
                     "autorice/autoricen/apruebe/aprueben/confirme/confirmen/acepten THEM?|THEM? ya? no "
                     "trabaja/trabajan ya? con/para/en/aquí? nosotros?|THEM? no es/son de/uno/una/parte? de? "
                     "nosotros/nuestro/nuestra/los? nuestros/empleado/empleada?|THEM no "
                     "viene/proviene/procede/fue/es de/enviado/enviada/por? por/de? nosotros|THEM nos es "
                     "desconocida/desconocido|THEM es/son desconocida/desconocido/desconocidos para? "
                     "nosotros?|no autorizado|no autorizada|no aprobado|no aceptado|no es nuestro/nuestra",
          .objection = "objeción|objeto|objetamos|me opongo a? THEM?|nos oponemos a? "
                       "THEM?|stop|alto|deténgase|detener|por? favor? "
                       "quite/quiten/elimine/eliminen/borre/borren/retire/retiren/cancele/cancelen/anule/"
                       "remueva/excluya/detenga a? THEM de? "
                       "THEM?|elimínenla/elimínenlo/bórrenla/bórrenlo/quítenla/quítenlo/retírenla/retírenlo "
                       "de? THEM?|quítela/quítelo/elimínela/elimínelo/bórrela/bórrelo/retírela/retírelo de? "
                       "THEM?|eliminar/quitar/borrar/cancelar THEM",
          .filler = "lo siento|por favor|gracias|muchas gracias|mil gracias|gracias por su/el/tu/este "
                    "mensaje/correo/consulta/pregunta/aviso|hola|buenos días|buenas tardes|saludos|un "
                    "saludo|saludos cordiales|cordiales saludos|atentamente|cordialmente|por la presente|por "
                    "nuestra/mi parte|de nuestra/mi parte|nuestra/mi/la respuesta es|y|para "
                    "THEM|también|enviado desde mi iphone",
          .them =
              "la lo los las le les ella el ellos ellas él esta este esto eso esa ese estos estas persona "
              "personas solicitud solicitudes petición inscripción suscripción alta compañera compañero "
              "colega para de del a al en lista correo un una dirección nuevo nueva suscribirse y nombre",
          .neutral = "nosotros yo ella él ellos la lo los las le el esta este esto esa ese persona personas "
                     "nombre es son era de del con para en por a que nos trabaja trabajan aquí conocemos "
                     "conozco conoce nuestra nuestro nuestros un una solicitud petición ha sido hemos he "
                     "enviado enviada viene se llame llama su al tenemos",
          .negation = "nadie nunca ninguna ningún ninguno desconocida desconocido desconocemos",
          .but = "pero aunque salvo excepto sino",
      },
      {
          .name = "pt",
          .yes = "sim|sim sim|sim senhor|claro que sim|de "
                 "acordo|concordo|concordamos|confirmado|confirmada|aprovado|aprovada|aceito|aceite|aceita|"
                 "autorizado|autorizada|eu/nós? o/a/os/as? "
                 "confirmo/confirmamos/aprovo/aprovamos/aceito/aceitamos/autorizo/autorizamos/apoio/apoiamos "
                 "THEM?|estou/estamos de acordo com? THEM?|concordo/concordamos com THEM|sem "
                 "problema/problemas/objeção/objeções/objecções|não há/tem "
                 "problema/problemas/objeção/objeções/inconveniente|nenhum problema|nenhuma "
                 "objeção/objecção|não tenho/temos objeções/objeção/objecções/nada/nenhuma objeção? "
                 "contra/a/com? THEM?|não me oponho a? THEM?|não nos opomos a? THEM?|está/estão "
                 "certo/correto/correta/correcto/bem/confirmado/confirmada/aprovado/ok|tudo "
                 "bem/certo/correto/ok|tudo em ordem|por? favor? "
                 "aceite/aceitem/adicione/adicionem/inclua/incluam/inscreva/autorize/aprove THEM|pode "
                 "aceitar/adicionar/incluir/aprovar THEM",
          .yes_alone =
              "claro|com certeza|certamente|certo|correto|correcto|exato|exacto|confirmo|perfeitamente|isso "
              "mesmo|com prazer|pois sim|está bem|tá|óbvio",
          .support =
              "THEM? trabalha/trabalham conosco/connosco/para/com nós?|THEM? é/são "
              "um/uma/dos/das/nosso/nossa/parte/de? de? "
              "nós/nossos/nossas/nossa/colega/funcionário/funcionária/equipe/equipa?|conhecemos/conheço THEM",
          .no = "não|não não|não obrigado|não obrigada|claro que não|com certeza não|de modo algum|de jeito "
                "nenhum|de forma alguma|de maneira nenhuma|não concordo|não concordamos|negativo",
          .no_alone = "nunca|jamais|nao",
          .refusal =
              "rejeitado|rejeitada|pedido/solicitação/inscrição "
              "recusado/recusada/rejeitado/rejeitada/negado|recusado|recusada|negado|negada|por? favor? "
              "rejeite/rejeitem/rejeitar/recuse/recusem/recusar/negue/negar/bloqueie THEM?|eu/nós? "
              "o/a/os/as? rejeito/rejeitamos/recuso/recusamos/nego/negamos THEM?|eu/nós? não o/a/os/as? "
              "confirmo/confirmamos/aprovo/aprovamos/aceito/aceitamos/autorizo/autorizamos/conheço/"
              "conhecemos/reconheço/reconhecemos/queremos THEM?|não estou/estamos de acordo com? THEM?|não "
              "concordo/concordamos com THEM|por? favor? não o/a/os/as? "
              "aceite/aceitem/adicione/adicionem/inclua/incluam/inscreva/autorize/aprove/confirme "
              "THEM?|THEM? já? não trabalha/trabalham mais? conosco/connosco/aqui/para nós?|THEM? não é/são "
              "um/uma/dos/das/nosso/nossa/de? dos/de? nós/nossos/nossas/funcionário/funcionária?|THEM não "
              "vem/veio/foi enviado/enviada/de? por/de? nós|THEM é/são desconhecido/desconhecida para? "
              "nós?|THEM nos é desconhecido/desconhecida|não autorizado|não autorizada|não aprovado|não "
              "confirmado",
          .objection =
              "objeção|objecção|oponho me a? THEM?|eu/nós? me/nos oponho/opomos a? THEM?|opomo nos a? "
              "THEM?|pare|parem|por? favor? remova/removam/retire/retirem/elimine/exclua/apague/cancele THEM "
              "de? THEM?|remover/retirar/cancelar/excluir THEM",
          .filler =
              "por favor|obrigado|obrigada|muito obrigado/obrigada|obrigado/obrigada pela/pelo "
              "mensagem/email/contato/pergunta|olá|bom dia|boa tarde|atenciosamente|cumprimentos|melhores "
              "cumprimentos|com os melhores cumprimentos|saudações|abraços|cordialmente|por este meio|da "
              "nossa/minha parte|nossa/minha/a resposta é|e|para THEM|também",
          .them =
              "a o os as ela ele eles elas esta este isto isso essa esse estes estas pessoa pessoas pedido "
              "solicitação inscrição subscrição colega para de do da à ao na no lista um uma e nova novo",
          .neutral = "nós eu ela ele eles a o os as esta este isto essa esse pessoa nome é são era de do da "
                     "com conosco connosco aqui trabalha trabalham conhecemos conheço nossa nosso um uma "
                     "pedido foi enviado por que",
          .negation = "ninguém nunca nenhuma nenhum desconhecida desconhecido",
          .but = "mas porém contudo todavia embora salvo exceto",
      },
      {
          .name = "it",
          .yes = "sì certo/confermo/confermiamo/grazie/accetto/accettiamo/autorizzo/approvo|si "
                 "certo/confermo/confermiamo|d "
                 "accordo|confermato|confermata|approvato|approvata|accettato|accettata|autorizzato|"
                 "autorizzata|certo che sì|va "
                 "bene|io/noi? lo/la/li/le? "
                 "confermo/confermiamo/approvo/approviamo/accetto/accettiamo/autorizzo/autorizziamo/sostengo/"
                 "sosteniamo THEM?|con la presente confermo/confermiamo THEM?|sono/siamo d accordo con? "
                 "THEM?|nessun problema/obiezione/inconveniente|nessuna obiezione|non c è/sono "
                 "problema/problemi/obiezioni|non ci sono problemi/obiezioni|non ho/abbiamo "
                 "obiezioni/problemi/nulla/niente in/con? contrario? THEM?|senza problemi|non mi oppongo a? "
                 "THEM?|non ci opponiamo a? THEM?|nulla in/da contrario/obiettare|tutto ok/bene/corretto/a? "
                 "posto?|tutto in ordine|prego? "
                 "aggiungete/accettate/inserite/iscrivete/aggiungere/accettare/iscrivere THEM|THEM va/è/sono "
                 "bene/corretto/corretta/confermato/confermata/legittimo/legittima/ok|per noi/me va bene|ok "
                 "per noi/me",
          .yes_alone = "sì|si|certo|certamente|sicuro|sicuramente|esatto|corretto|giusto|naturalmente|"
                       "ovviamente|volentieri|confermo|assolutamente sì|è corretto|con piacere",
          .support = "THEM? lavora/lavorano con/per/da noi|THEM? è/sono uno/una/dei/un/nostro/nostra/il? "
                     "dei/di? nostri/noi/nostro/nostra/collega/dipendente?|conosco/conosciamo THEM|la/lo/li "
                     "conosciamo/conosco|THEM? fa/fanno parte del/della? nostro/nostra? team/staff?",
          .no = "no|no no|no grazie|certo che no|assolutamente no|certamente no|niente affatto|per niente|in "
                "nessun caso|per nessun motivo|non d accordo|ovviamente no",
          .no_alone = "mai|giammai",
          .refusal =
              "rifiutato|rifiutata|richiesta/iscrizione "
              "rifiutata/respinta|respinto|respinta|negato|negata|rifiuto|rifiutiamo|si prega di? "
              "rifiutare/respingere THEM?|prego? rifiutate/respingete/rifiutare/respingere/bloccare "
              "THEM?|io/noi? lo/la/li/le? rifiuto/rifiutiamo/respingo/respingiamo/nego THEM?|io/noi? non "
              "lo/la/li/le? "
              "confermo/confermiamo/approvo/approviamo/accetto/accettiamo/autorizzo/autorizziamo/conosco/"
              "conosciamo/riconosco/riconosciamo/vogliamo THEM?|non sono/siamo d accordo con? "
              "THEM?|prego/si? di/prega? non "
              "accettate/aggiungete/inserite/iscrivete/approvate/confermate/accettare/aggiungere/inserire/"
              "iscrivere/approvare/confermare THEM?|si prega di non "
              "accettare/aggiungere/inserire/iscrivere/approvare/confermare THEM?|THEM? non lavora/lavorano "
              "più? con/per/da/qui noi?|THEM? non è/sono uno/una/dei/dei/nostro/nostra/un/di? dei/di? "
              "nostri/noi/collega/dipendente?|THEM non fa/fanno parte di/del/della? noi/nostro/nostra? "
              "team/staff?|THEM ci è sconosciuta/sconosciuto|THEM è sconosciuta/sconosciuto a? noi?|THEM non "
              "viene/proviene/arriva da noi|non autorizzato|non autorizzata|non confermato|non approvato",
          .objection =
              "obiezione|mi oppongo a? THEM?|ci opponiamo a? THEM?|stop|fermate|fermatevi|prego? "
              "rimuovete/rimuovere/cancellate/cancellare/eliminate/eliminare/togliete/togliere/annullate "
              "THEM da? THEM?|rimuovetela|rimuovetelo|cancellatela|cancellatelo|toglietela|toglietelo",
          .filler =
              "per favore|per cortesia|prego|grazie|grazie mille|molte grazie|grazie per/della/del "
              "il/la/messaggio/mail/vostra? messaggio/mail/domanda?|buongiorno|ciao|salve|saluti|cordiali "
              "saluti|distinti saluti|cordialmente|con la presente|da parte nostra/mia|la nostra/mia "
              "risposta è|la risposta è|e|per THEM|anche|inviato da iphone",
          .them = "la lo li le lei lui loro questa questo quella quello questi queste persona persone "
                  "richiesta richieste iscrizione collega dipendente per di del della dei a al alla da in "
                  "lista un una l il i nuovo nuova e",
          .neutral = "noi io lei lui loro la lo li le questa questo persona persone nome è sono era di del "
                     "della con per da qui lavora lavorano conosciamo conosco nostra nostro un una che si "
                     "chiama richiesta abbiamo ho inviato inviata stata stato",
          .negation = "non nessuno mai nessuna sconosciuta sconosciuto",
          .but = "ma però tuttavia tranne salvo eccetto",
      },
      {
          .name = "ro",
          .yes = "da "
                 "confirm/confirmăm/confirmat/sigur/desigur/aprob/aprobăm/"
                 "mulțumesc|confirmat|confirmată|aprobat|aprobată|acceptat|acceptată|de acord|eu/noi? "
                 "confirm/confirmăm/aprobăm/acceptăm THEM?|suntem/sunt de acord cu? THEM?|nicio "
                 "problemă|nici o problemă|nicio obiecție|fără probleme|nu avem/am obiecții|în regulă|e în "
                 "regulă|este în regulă",
          .yes_alone = "da|sigur|desigur|bineînțeles|corect|exact|confirm",
          .support = "",
          .no = "nu mulțumesc/mulțumim|nu|nicidecum|în niciun caz|sigur că nu",
          .no_alone = "niciodată",
          .refusal = "refuzat|refuzată|respins|respinsă|eu/noi? refuz/refuzăm/resping/respingem THEM?|vă? "
                     "rugăm? să? refuzați/respingeți THEM?|eu/noi? nu "
                     "confirm/confirmăm/aprob/aprobăm/accept/acceptăm/cunosc/cunoaștem o/îl/îi? THEM?|nu "
                     "o/îl/îi? cunosc/cunoaștem THEM?|nu suntem/sunt de acord cu? THEM?|THEM nu lucrează "
                     "la/pentru/cu noi|THEM nu este/e de la noi",
          .objection =
              "obiecție|mă opun|ne opunem|stop|eliminați THEM?|ștergeți THEM?|scoateți THEM? de? THEM?",
          .filler = "vă rog|vă rugăm|te rog|mulțumesc|mulțumim|bună ziua|salutări|cu stimă|cu "
                    "respect|și|pentru THEM|din partea noastră",
          .them = "o îl îi pe ea el ei ele această acest aceasta acesta persoana persoană persoane cererea "
                  "cerere solicitarea înscriere înscrierea colega pentru de la din cu în lista listă a al",
          .neutral = "noi eu ea el ei persoana persoană această acest cunoaștem cunosc o îl de la cu "
                     "lucrează aici este e pe un nume acest",
          .negation = "nimeni niciodată nu",
          .but = "dar însă totuși",
      },
  });
  return kLanguages;
}

}  // namespace ccgate
