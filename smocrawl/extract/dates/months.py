"""The names of months as date lines write them, and their numbers."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia leden ledna januarja ianuarie ocak янв января",
            "february feb februar février fevrier févr febrero febbraio fevereiro fev februari lutego února februarja februarie şubat фев февраля",
            "march mar märz maerz mrz mars marzo março maart marca března marca martie mart мар марта",
            "april apr avril avr abril abr aprile kwietnia dubna aprila aprilie nisan апр апреля",
            "may mai maj mayo maggio mag maio mei maja května mayıs мая май",
            "june jun juni juin junio giugno giu junho czerwca června junija iunie haziran июн июня",
            "july jul juli juillet juil julio luglio lug julho lipca července julija iulie temmuz июл июля",
            "august aug août aout agosto ago augustus augusti sierpnia srpna avgusta ağustos авг августа",
            "september sep sept septembre septiembre settembre set setembro września září septembra septembrie eylül сен сентября",
            "october oct oktober okt octobre octubre ottobre ott outubro out października října oktobra octombrie ekim окт октября",
            "november nov novembre noviembre novembro listopada listopadu novembra noiembrie kasım ноя ноября",
            "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia prosince decembra decembrie aralık дек декабря",
        ),
        1,
    )
    for name in names.split()
}
