/*
User agents by browser, system and kind. Written by `npm run user-agents` from bowser 2.15.0 (MIT, Copyright 2015, Dustin
Diaz, and its contributors) and isbot 5.2.3 (Unlicense); not to be edited. A user agent that no rule names has the name it
begins with. A visitor is an address with a user agent on one day.
*/
SELECT
  user_agent,
  requests,
  visitors,
  bytes_sent,
  errors,
  last_seen,
  browser,
  system,
  CASE
    WHEN coalesce(user_agent, '') = '' THEN 'none'
    WHEN is_bot THEN 'bot'
    WHEN strpos(agent, 'huawei') > 0 THEN 'mobile'
    WHEN regexp_like(agent, 'nexus\s*(?:7|8|9|10).*') THEN 'tablet'
    WHEN strpos(agent, 'ipad') > 0 THEN 'tablet'
    WHEN regexp_like(user_agent, 'Macintosh.* FxiOS.*/') THEN 'tablet'
    WHEN strpos(agent, 'kftt build') > 0 THEN 'tablet'
    WHEN strpos(agent, 'silk') > 0 THEN 'tablet'
    WHEN strpos(replace(agent, 'tablet pc', ''), 'tablet') > 0 THEN 'tablet'
    WHEN regexp_like(agent, 'ipod|iphone') AND NOT regexp_like(agent, 'like (?:ipod|iphone)') THEN 'mobile'
    WHEN regexp_like(agent, 'nexus\s*[0-6].*') OR strpos(agent, 'galaxy nexus') > 0 THEN 'mobile'
    WHEN strpos(agent, 'nokia') > 0 THEN 'mobile'
    WHEN regexp_like(agent, '[^-]mobi') THEN 'mobile'
    WHEN browser = 'BlackBerry' THEN 'mobile'
    WHEN browser = 'Bada' THEN 'mobile'
    WHEN system = 'Android' AND regexp_like(agent, 'android[\s/-](?:[3-9]|[1-9][0-9])') THEN 'tablet'
    WHEN system = 'Android' THEN 'mobile'
    WHEN regexp_like(agent, 'smart-?tv|smarttv') THEN 'tv'
    WHEN strpos(agent, 'netcast') > 0 THEN 'tv'
    WHEN system = 'macOS' THEN 'desktop'
    WHEN system = 'Windows' THEN 'desktop'
    WHEN system = 'Linux' THEN 'desktop'
    WHEN system = 'PlayStation 4' THEN 'tv'
    WHEN system = 'Roku' THEN 'tv'
    ELSE 'other'
  END AS kind
FROM (
  SELECT
    *,
    CASE
      WHEN coalesce(user_agent, '') = '' THEN 'none'
      WHEN strpos(agent, 'gptbot') > 0 THEN 'GPTBot'
      WHEN strpos(agent, 'chatgpt-user') > 0 THEN 'ChatGPT-User'
      WHEN strpos(agent, 'oai-searchbot') > 0 THEN 'OAI-SearchBot'
      WHEN strpos(agent, 'claudebot') > 0 OR strpos(agent, 'claude-web') > 0 OR strpos(agent, 'claude-user') > 0 OR strpos(agent, 'claude-searchbot') > 0 THEN 'ClaudeBot'
      WHEN strpos(agent, 'omgilibot') > 0 OR strpos(agent, 'webzio-extended') > 0 THEN 'Omgilibot'
      WHEN strpos(agent, 'diffbot') > 0 THEN 'Diffbot'
      WHEN strpos(agent, 'perplexitybot') > 0 THEN 'PerplexityBot'
      WHEN strpos(agent, 'perplexity-user') > 0 THEN 'Perplexity-User'
      WHEN strpos(agent, 'youbot') > 0 THEN 'YouBot'
      WHEN strpos(agent, 'meta-webindexer') > 0 THEN 'Meta-WebIndexer'
      WHEN strpos(agent, 'meta-externalads') > 0 THEN 'Meta-ExternalAds'
      WHEN strpos(agent, 'meta-externalagent') > 0 THEN 'Meta-ExternalAgent'
      WHEN strpos(agent, 'meta-externalfetcher') > 0 THEN 'Meta-ExternalFetcher'
      WHEN strpos(agent, 'googlebot') > 0 THEN 'Googlebot'
      WHEN strpos(agent, 'linespider') > 0 THEN 'Linespider'
      WHEN strpos(agent, 'amazonbot') > 0 THEN 'AmazonBot'
      WHEN strpos(agent, 'bingbot') > 0 THEN 'BingCrawler'
      WHEN strpos(agent, 'baiduspider') > 0 THEN 'BaiduSpider'
      WHEN strpos(agent, 'duckduckbot') > 0 THEN 'DuckDuckBot'
      WHEN strpos(agent, 'ia_archiver') > 0 THEN 'InternetArchiveCrawler'
      WHEN strpos(agent, 'facebookexternalhit') > 0 OR strpos(agent, 'facebookcatalog') > 0 THEN 'FacebookExternalHit'
      WHEN strpos(agent, 'slackbot') > 0 OR strpos(agent, 'slack-imgproxy') > 0 THEN 'SlackBot'
      WHEN regexp_like(agent, 'yahoo!?[\s/]*slurp') THEN 'YahooSlurp'
      WHEN strpos(agent, 'yandexbot') > 0 OR strpos(agent, 'yandexmobilebot') > 0 THEN 'YandexBot'
      WHEN strpos(agent, 'pingdom') > 0 THEN 'PingdomBot'
      WHEN is_bot THEN coalesce(
        regexp_extract(user_agent, '([A-Za-z0-9_.-]*(?:[Bb]ot|[Cc]rawl|[Ss]pider)[A-Za-z0-9_-]*)', 1),
        regexp_extract(user_agent, '^[^/ ;(]{1,60}'),
        'other')
      WHEN strpos(agent, 'opera') > 0 THEN 'Opera'
      WHEN strpos(agent, 'opr/') > 0 OR strpos(agent, 'opios') > 0 THEN 'Opera'
      WHEN strpos(agent, 'samsungbrowser') > 0 THEN 'Samsung Internet for Android'
      WHEN strpos(agent, 'whale') > 0 THEN 'NAVER Whale Browser'
      WHEN strpos(agent, 'palemoon') > 0 THEN 'Pale Moon'
      WHEN strpos(agent, 'heytapbrowser') > 0 THEN 'HeyTap Browser'
      WHEN strpos(agent, 'vivobrowser') > 0 THEN 'Vivo Browser'
      WHEN strpos(agent, 'mzbrowser') > 0 THEN 'MZ Browser'
      WHEN strpos(agent, 'focus') > 0 THEN 'Focus'
      WHEN strpos(agent, 'swing') > 0 THEN 'Swing'
      WHEN strpos(agent, 'coast') > 0 THEN 'Opera Coast'
      WHEN regexp_like(agent, 'opt/\d+(?:.?_?\d+)+') THEN 'Opera Touch'
      WHEN strpos(agent, 'yabrowser') > 0 THEN 'Yandex Browser'
      WHEN strpos(agent, 'ucbrowser') > 0 THEN 'UC Browser'
      WHEN strpos(agent, 'maxthon') > 0 OR strpos(agent, 'mxios') > 0 THEN 'Maxthon'
      WHEN strpos(agent, 'epiphany') > 0 THEN 'Epiphany'
      WHEN strpos(agent, 'puffin') > 0 THEN 'Puffin'
      WHEN strpos(agent, 'sleipnir') > 0 THEN 'Sleipnir'
      WHEN strpos(agent, 'k-meleon') > 0 THEN 'K-Meleon'
      WHEN strpos(agent, 'micromessenger') > 0 THEN 'WeChat'
      WHEN strpos(agent, 'qqbrowser') > 0 THEN 'QQ Browser'
      WHEN strpos(agent, 'msie') > 0 OR strpos(agent, 'trident') > 0 THEN 'Internet Explorer'
      WHEN regexp_like(agent, '\sedg/') THEN 'Microsoft Edge'
      WHEN regexp_like(agent, 'edg(?:[ea]|ios)/') THEN 'Microsoft Edge'
      WHEN strpos(agent, 'vivaldi') > 0 THEN 'Vivaldi'
      WHEN strpos(agent, 'seamonkey') > 0 THEN 'SeaMonkey'
      WHEN strpos(agent, 'sailfish') > 0 THEN 'Sailfish'
      WHEN strpos(agent, 'silk') > 0 THEN 'Amazon Silk'
      WHEN strpos(agent, 'phantom') > 0 THEN 'PhantomJS'
      WHEN strpos(agent, 'slimerjs') > 0 THEN 'SlimerJS'
      WHEN regexp_like(agent, 'blackberry|\bbb\d+') OR regexp_like(agent, 'rim\stablet') THEN 'BlackBerry'
      WHEN regexp_like(agent, '(?:web|hpw)[o0]s') THEN 'WebOS Browser'
      WHEN strpos(agent, 'bada') > 0 THEN 'Bada'
      WHEN strpos(agent, 'tizen') > 0 THEN 'Tizen'
      WHEN strpos(agent, 'qupzilla') > 0 THEN 'QupZilla'
      WHEN strpos(agent, 'librewolf') > 0 THEN 'LibreWolf'
      WHEN strpos(agent, 'firefox') > 0 OR strpos(agent, 'iceweasel') > 0 OR strpos(agent, 'fxios') > 0 THEN 'Firefox'
      WHEN strpos(agent, 'electron') > 0 THEN 'Electron'
      WHEN strpos(agent, 'sogoumobilebrowser') > 0 OR strpos(agent, 'metasr') > 0 OR regexp_like(agent, 'se 2\.[x]') THEN 'Sogou Browser'
      WHEN strpos(agent, 'miuibrowser') > 0 THEN 'Miui'
      WHEN regexp_like(agent, '\sddg/[0-9.]+$') THEN 'DuckDuckGo'
      WHEN strpos(agent, 'chromium') > 0 THEN 'Chromium'
      WHEN strpos(agent, 'ladybird') > 0 THEN 'Ladybird'
      WHEN strpos(agent, 'chrome') > 0 OR strpos(agent, 'crios') > 0 OR strpos(agent, 'crmo') > 0 THEN 'Chrome'
      WHEN strpos(agent, 'gsa') > 0 THEN 'Google Search'
      WHEN strpos(agent, 'android') > 0 AND strpos(agent, 'like android') = 0 THEN 'Android Browser'
      WHEN strpos(agent, 'playstation 4') > 0 THEN 'PlayStation 4'
      WHEN strpos(agent, 'safari') > 0 OR strpos(agent, 'applewebkit') > 0 THEN 'Safari'
      ELSE coalesce(regexp_extract(user_agent, '^[^/ ;(]{1,60}'), 'other')
    END AS browser,
    CASE
      WHEN coalesce(user_agent, '') = '' THEN 'none'
      WHEN strpos(user_agent, 'Roku/DVP') > 0 THEN 'Roku'
      WHEN strpos(agent, 'windows phone') > 0 THEN 'Windows Phone'
      WHEN strpos(agent, 'windows ') > 0 THEN 'Windows'
      WHEN regexp_like(user_agent, 'Macintosh.* FxiOS.*/') THEN 'iOS'
      WHEN strpos(agent, 'macintosh') > 0 THEN 'macOS'
      WHEN regexp_like(agent, '(?:ipod|iphone|ipad)') THEN 'iOS'
      WHEN strpos(agent, 'openharmony') > 0 THEN 'HarmonyOS'
      WHEN strpos(agent, 'android') > 0 AND strpos(agent, 'like android') = 0 THEN 'Android'
      WHEN regexp_like(agent, '(?:web|hpw)[o0]s') THEN 'WebOS'
      WHEN regexp_like(agent, 'blackberry|\bbb\d+') OR regexp_like(agent, 'rim\stablet') THEN 'BlackBerry'
      WHEN strpos(agent, 'bada') > 0 THEN 'Bada'
      WHEN strpos(agent, 'tizen') > 0 THEN 'Tizen'
      WHEN strpos(agent, 'linux') > 0 THEN 'Linux'
      WHEN strpos(user_agent, 'CrOS') > 0 THEN 'Chrome OS'
      WHEN strpos(user_agent, 'PlayStation 4') > 0 THEN 'PlayStation 4'
      ELSE 'other'
    END AS system
  FROM (
    SELECT
      *,
      lower(user_agent) AS agent,
      regexp_like(
        regexp_replace(lower(user_agent), 'newssapphire|(?: channel/|google/)google|google(?:wv|app|/google| pixel)| cubots?|camscan|libhttp|java;', ' '),
        ' daum[ /]| deusu/|(?:^|[^g])news|google|bots?(?:\b|_)|scan|http|24x7|;\s\w+;$|@[a-z][\w-]+\.|\(\)|\.com\b|\b\w+/1\.0;|\bbw/|\bdlc\b|\bort/|\bperl\b|\btime/|\||^[<\(;]|^[\w \.\-\(?:\):%]+(?:/v?\d+(?:\.\d+)?(?:\.\d{1,10})*?)?(?:,|$)|^[\w\-]+/[\w]+$|^[^ ]{50,}$|^\d+\b|^\w*search\b|^\w+/[\w\(\)]*$|^\w+/\d\.\d\s\([\w@]+\)$|^active|^ad muncher|^amaya|^apache/|^avsdevicesdk/|^azure|^biglotron|^blackbox exporter|^bot|^clamav[ /]|^claude-code/|^client/|^cobweb/|^custom|^ddg[_-]android|^discourse|^dispatch/\d|^downcast/|^duckduckgo|^email|^exodusmovement|^facebook|^getright/|^gozilla/|^hobbit|^hotzonu|^hwcdn/|^igetter/|^jeode/|^jetty/|^jigsaw|^microsoft bits|^movabletype|^mozilla/\d\.\d\s[\w\.-]+$|^mozilla/\d\.\d\s\((?:compatible;)?(?:\s?[\w\d.-]+[\s/]\d+\.\d+)?\)$|^navermailapp|^netsurf|^offline|^openai/|^owler|^php|^postman|^ps_daily/|^python|^rank|^read|^reed|^remove\.bg/|^rest|^rss|^snapchat|^sora |^space bison|^stape/|^svn|^swcd |^taringa|^thumbor/|^track|^w3c|^webbandit/|^webcopier|^wget|^whatsapp|^wordpress|^xenu link sleuth|^yahoo|^yandex|^zdm/\d|^zoom marketplace/|abuse|advisor|agent\b|analyzer|archive|ask jeeves/teoma|attracta|audit|bluecoat drtr|browsex|burpcollaborator|capture|catch|check\b|checker|chrome-lighthouse|chromeframe|classifier|cloudflare|collapsify\b|convertify|cookiehubverify/|crawl|cursor/|cypress/|dareboost|datanyze|dejaclick|detect|discovery|dmbrowser|download|exaleadcloudview|feed|firephp|foregenix|functionize|grab|hardenize\b|headless|hotjar|httrack|hubspot marketing grader|ibisbrowser|infrawatch|insight|inspect|iplabel|java|library|linkcheck|linktiger|mail\.ru/|manus-user/|marketgoo/|measure|monitor\b|neustar wpm|node\b|nutch|offbyone|openvas|optimize|pageburst|pagespeed|parser|phantomjs|pingdom|playwright|powermarks|preview|productfinder|prospectingstudio|proxy|ptst[ /]\d|radar|readable/|retriever|rexx;|rigor|rss\b|scrape|securityheaders|selenium|server|silktide|sindup/|sogou|sparkler/|speedcurve|spider|splash|statuscake|supercleaner|synapse|synthetic|testlocally|tools|torrent|transcoder|url|validator|virtuoso|wappalyzer|watchtowr|webglance|webkit2png|whatcms/|xtate/') AS is_bot
    FROM (
      SELECT
        -- An aggregate: by a plain column Trino would match the agent of every request, before it groups them.
        max(user_agent) AS user_agent,
        CAST(sum(requests) AS bigint) AS requests,
        nullif(count(client_ip), 0) AS visitors,
        CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
        CAST(sum(errors) AS bigint) AS errors,
        max(last_seen) AS last_seen
      FROM (
        SELECT
          user_agent,
          client_ip,
          day,
          {{requests}} AS requests,
          {{bytes_sent}} AS bytes_sent,
          {{errors}} AS errors,
          {{last_seen}} AS last_seen
        FROM requests
        GROUP BY 1, 2, 3
      ) AS visits
      GROUP BY visits.user_agent
    ) AS agents
  ) AS lowered
) AS named
