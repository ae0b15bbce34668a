/*
title: JSON lines
kind: web
# A request id that programs pass on names no single line, so it is left where it is.
# The usual names, flat, dotted and nested: nginx, Caddy, Traefik, Envoy, Elastic Common Schema, OpenTelemetry,
# pino, API Gateway, AWS WAF, Cloudflare, Google Cloud, Docker.
json:
  time: ['["@timestamp"]', timestamp, time_iso8601, time_local, time, ts, datetime, date_time, date, StartUTC, start_time, msec, Timestamp, EdgeStartTimestamp, requestTime]
  host: [host, http_host, server_name, vhost, RequestHost, request.host, url.domain, '["url.domain"]', server.address, '["server.address"]', hostname, authority, ClientRequestHost]
  client_ip: [client_ip, remote_addr, clientip, remote_ip, ip, ClientHost, request.client_ip, request.remote_ip, client.ip, '["client.ip"]', source.ip, '["source.ip"]', client.address, '["client.address"]', remoteAddress, req.remoteAddress, clientIp, remoteAddr, remoteIp, ClientIP, httpRequest.remoteIp, httpRequest.clientIp]
  requester: [remote_user, user, user_id, auth, ClientUsername, user.name, '["user.name"]']
  request: [request, request_line]
  method: [method, request_method, http_method, verb, RequestMethod, request.method, http.request.method, '["http.request.method"]', req.method, httpMethod, requestMethod, ClientRequestMethod, httpRequest.requestMethod, httpRequest.httpMethod]
  url: [uri, url, request_uri, path, RequestPath, request.uri, url.original, '["url.original"]', url.path, '["url.path"]', req.url, http.target, requestUri, resourcePath, ClientRequestURI, httpRequest.requestUrl, httpRequest.uri]
  query: [query, query_string, args, url.query, '["url.query"]', httpRequest.args]
  protocol: [protocol, server_protocol, proto, RequestProtocol, request.proto, http.version, ClientRequestProtocol, httpRequest.protocol, httpRequest.httpVersion]
  status: [status, status_code, statusCode, response_status, http_status, DownstreamStatus, response.status_code, http.response.status_code, '["http.response.status_code"]', res.statusCode, response_code, EdgeResponseStatus, httpRequest.status]
  bytes_sent: [bytes_sent, body_bytes_sent, bytes, size, length, response_size, response_body_size, DownstreamContentSize, http.response.body.bytes, '["http.response.body.bytes"]', http.response.body.size, '["http.response.body.size"]', bytesSent, responseLength, responseSize, EdgeResponseBytes, httpRequest.responseSize]
  bytes_received: [bytes_received, request_length, bytes_read, RequestContentSize, http.request.body.bytes, '["http.request.body.bytes"]', http.request.body.size, '["http.request.body.size"]', ClientRequestBytes, httpRequest.requestSize]
  duration_ms: [duration_ms, response_time_ms, elapsed_ms, latency_ms, responseTime, generation_time_milli, durationMs, latencyMs]
  duration_s: [request_time, duration_s, duration, response_time, latency]
  duration_us: [duration_us, time_elapsed]
  duration_ns: [Duration, duration_ns, event.duration, '["event.duration"]']
  server_s: [upstream_response_time]
  server_ms: [upstream_ms, server_ms]
  referrer: [referrer, referer, http_referer, http_referrer, request_referer, request_Referer, 'request.headers.Referer[0]', http.request.referrer, '["http.request.referrer"]', ClientRequestReferer, httpRequest.referer]
  user_agent: [user_agent, http_user_agent, agent, userAgent, request_user_agent, request_User-Agent, 'request.headers.User-Agent[0]', user_agent.original, '["user_agent.original"]', ClientRequestUserAgent, httpRequest.userAgent]
  cache_status: [cache_status, upstream_cache_status, response_state, CacheCacheStatus]
  edge_location: [edge_location, pop, datacenter, EdgeColoCode]
  tls_version: [tls_version, ssl_protocol, TLSVersion, tls.version, ClientSSLProtocol]
  tls_cipher: [tls_cipher, ssl_cipher, TLSCipher, tls.cipher, ClientSSLCipher]
  level: [level, severity, log.level, '["log.level"]', severityText]
  application: [application, app, service, service.name, '["service.name"]', logger]
  message: [message, msg, body, log]
ignored: '#'
*/
