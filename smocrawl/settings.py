"""Settings of the crawl: plain values.  Override any with ``-s NAME=VALUE`` or, those that begin with SMO_, by environment."""

from importlib.metadata import version as _version

from scrapy.settings import default_settings as _default

BOT_NAME = "smocrawl"
VERSION = _version("smocrawl")
SPIDER_MODULES = ["smocrawl.spiders.smo"]
NEWSPIDER_MODULE = "smocrawl.spiders"
COMMANDS_MODULE = "smocrawl.commands.project"

# -- ours ---------------------------------------------------------------------------------------

SMO_REPORTS = "reports"  # folder of the reports
SMO_STORE = "{reports}/{domain}/crawls.sqlite"  # path of the store; sqlite:///… is understood
SMO_AUDIENCE = "general"  # audience profile where -a audience= names none
SMO_WORKERS = ""  # worker processes; 0 = none, empty = one a core
SMO_BRAND = ""  # TOML file with an agency's name, logo, colour
SMO_REPORT_FORM = "auto"  # file: one file by itself; folder: details beside it; auto: a file up to about 20 MB
SMO_LANGUAGE = "en"  # of the report: en or de
SMO_ALLOW_PRIVATE = ""  # host:port,host:port on private addresses that may be asked
SMO_WHOLE_IMAGES = 500  # share pictures that are read to their end; of the others the first 64 kB
SMO_RENDER = 0  # pages of each template that are read a second time, after their scripts (smocrawl[render], Chromium)
SMO_CHROMIUM = ""  # the installed Chromium; empty = chromium, chromium-browser or google-chrome on PATH
SMO_CHROMIUM_SANDBOX = True  # off only where a container holds the whole crawl
SMO_TELL = True  # whether anybody is told at the end, as the settings below say (docs/notifications.md)
SMO_WEBHOOK_FORM = "smocrawl"  # what the webhook takes; also slack, teams, discord, google-chat
SMO_MAIL_TO = ""  # mail addresses with commas between them
SMO_MAIL_FROM = ""
SMO_MAIL_ATTACH = False  # the report goes with the mail, up to 10 MB
SMO_SMTP = ""  # smtps://host, smtp://host:587 (STARTTLS) or smtp+unencrypted://localhost:25
SMO_REPORT_URL = ""  # where the folder of the reports is served, for links in what is told
SMO_FLEET_STALLED = 60  # seconds; a worker of smo-fleet not heard of for so long is taken for dead
SMO_FLEET_CHECKPOINT = 300  # seconds between two copies of a running crawl's store into the shared place
SMO_PROGRESS = True  # a progress bar where the terminal can show one
SMO_CONTACT = "https://github.com/smocrawl/smocrawl"  # where a site's owner learns who asks

# -- who asks, and how politely ----------------------------------------------------------------

USER_AGENT = f"smocrawl/{VERSION} (+{SMO_CONTACT})"
ROBOTS_TOKEN = "smocrawl"  # noqa: S105 - the name under which robots.txt may address us
ROBOTSTXT_OBEY = False  # Scrapy's own reader: ours (smocrawl.network.robots) obeys by RFC 9309 and keeps a record
CONCURRENT_REQUESTS = 48  # a third for the site itself, a third for hosts of its pictures, a third for their robots.txt
CONCURRENT_REQUESTS_PER_DOMAIN = 8
CONCURRENT_ITEMS = 1  # of one answer, which gives one item: Scrapy starts as many tasks for each answer, by default 100
AUTOTHROTTLE_ENABLED = False  # one slow picture would slow every page; smocrawl.network.politeness looks at the host
DOWNLOAD_DELAY = 0
DOWNLOAD_TIMEOUT = 30  # for the whole answer; smocrawl.network.limits keeps what came of a slow one
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the record says it
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]  # 429 waits instead: smocrawl.network.politeness
COOKIES_ENABLED = False  # every visit is a first visit, as for the platforms' bots
REDIRECT_ENABLED = False  # each hop is a record and a frontier row of its own
METAREFRESH_ENABLED = False
REFERER_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True  # the platforms verify, so a bad certificate is a finding
DOWNLOAD_MAXSIZE = 0  # smocrawl.network.limits cuts by kind and keeps what came; this one would lose the page
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False  # what came is read, and marked as truncated

# -- machinery ----------------------------------------------------------------------------------

SCHEDULER = "smocrawl.spiders.scheduler.FrontierScheduler"
TWISTED_DNS_RESOLVER = "smocrawl.network.resolver.GatedResolver"
DNS_TIMEOUT = 20
REACTOR_THREADPOOL_MAXSIZE = 32  # look-ups at the same time: those of dead hosts must not hold up the site's
DOWNLOADER_MIDDLEWARES = {
    "smocrawl.network.middleware.GateMiddleware": 50,
    "smocrawl.network.robots.RobotsMiddleware": 100,
    "smocrawl.network.middleware.FolderMiddleware": 200,
    "smocrawl.network.politeness.PolitenessMiddleware": 560,
    "smocrawl.network.middleware.AuthMiddleware": 300,
    "smocrawl.network.certificates.CertificateMiddleware": 555,
    "smocrawl.network.unpacking.UnpackMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    # Switched off it is imported all the same, with an HTTP client that fetches lists of suffixes.
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
ITEM_PIPELINES = {
    "smocrawl.pipelines.ReadPipeline": 100,
    "smocrawl.pipelines.StorePipeline": 200,
}
EXTENSIONS = {
    "smocrawl.network.limits.ReadLimits": 100,
    "smocrawl.commands.progress.Progress": 500,
    "smocrawl.rendering.extension.Rendering": 600,
    "smocrawl.probing.extension.Probing": 610,
}
EXTENSIONS_BASE = {
    name: place
    for name, place in _default.EXTENSIONS_BASE.items()
    # Switched off they are imported all the same, and bring a web server and a shell with them: a fifth of a second.
    if name.rpartition(".")[2] not in ("TelnetConsole", "MemoryUsage", "RemoteControl")
}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # runs code for whoever holds its token
DOWNLOAD_HANDLERS = {
    "http": "smocrawl.network.handler.HttpHandler",
    "https": "smocrawl.network.certificates.HttpsHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0
WARN_ON_GENERATOR_RETURN_VALUE = False  # a look at the source of the spider's methods, with each answer
LOG_FORMATTER = "smocrawl.network.log.QuietFormatter"
