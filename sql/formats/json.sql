/*
title: JSON lines
kind: web
# The usual names, flat, dotted and nested: nginx, Caddy, Traefik, Envoy, Elastic Common Schema, OpenTelemetry, pino,
# API Gateway, AWS WAF, Azure Front Door and Application Gateway, Cloudflare, Fastly, Google Cloud, Docker.
# No key is read as the request id: programs pass an id on, so several lines may have the same one.
# A duration is read if its name or the program's documentation states the unit: `duration` is seconds in Caddy (with
# Caddy's `request` in the same line) and milliseconds in Envoy; `timeTaken` is seconds in both of Azure's logs, which have
# other times in seconds. Under a name without a unit (`duration`) a value is read if it states one, as in "12ms".
json:
  time: ['["@timestamp"]', timestamp, time_iso8601, time_local, StartUTC, time, ts, datetime, date_time, date, start_time, msec, Timestamp, timeStamp, EdgeStartTimestamp, requestTime, requestTimeEpoch]
  host: [host, http_host, server_name, vhost, RequestHost, request.host, url.domain, '["url.domain"]', server.address, '["server.address"]', hostname, authority, ClientRequestHost, properties.hostName, properties.originalHost, properties.host, domainName]
  client_ip: [client_ip, remote_addr, clientip, remote_ip, ip, downstream_remote_address, ClientHost, request.client_ip, request.remote_ip, request.remote_addr, client.ip, '["client.ip"]', source.ip, '["source.ip"]', client.address, '["client.address"]', remoteAddress, req.remoteAddress, clientIp, remoteAddr, remoteIp, ClientIP, httpRequest.remoteIp, httpRequest.clientIp, properties.clientIp, properties.clientIP]
  forwarded_for: [x_forwarded_for, http_x_forwarded_for, xff, X-Forwarded-For, x-forwarded-for, request_X-Forwarded-For, 'request.headers.X-Forwarded-For[0]', req.headers.x-forwarded-for, xForwardedFor]
  requester: [remote_user, user, user_id, auth, ClientUsername, user.name, '["user.name"]']
  operation: [action beside webaclId]
  request: [request, request_line]
  method: [method, request_method, http_method, verb, RequestMethod, request.method, http.request.method, '["http.request.method"]', req.method, httpMethod, requestMethod, ClientRequestMethod, httpRequest.requestMethod, httpRequest.httpMethod, properties.httpMethod]
  request_uri: [request_uri, x_envoy_original_path, RequestPath, request.uri, url.original, '["url.original"]', req.url, http.target, requestUri, ClientRequestURI, httpRequest.requestUrl, properties.originalRequestUriWithArgs]
  url: [url, path, uri, url.path, '["url.path"]', resourcePath, httpRequest.uri, properties.requestUri, ClientRequestPath]
  query: [query, query_string, args, url.query, '["url.query"]', httpRequest.args, properties.requestQuery]
  route: [routeKey]
  protocol: [protocol, server_protocol, request_protocol, proto, RequestProtocol, request.proto, http.version, ClientRequestProtocol, httpRequest.protocol, httpRequest.httpVersion, properties.httpVersion]
  status: [status, status_code, statusCode, response_status, resp_status, http_status, DownstreamStatus, response.status_code, http.response.status_code, '["http.response.status_code"]', res.statusCode, response_code, EdgeResponseStatus, httpRequest.status, properties.httpStatusCode, properties.httpStatus, responseCodeSent]
  error_code: [response_flags]
  bytes_sent: [bytes_sent, body_bytes_sent, bytes, size, length, response_size, response_body_size, resp_body_size, DownstreamContentSize, http.response.body.bytes, '["http.response.body.bytes"]', http.response.body.size, '["http.response.body.size"]', bytesSent, responseLength, responseSize, EdgeResponseBytes, httpRequest.responseSize, properties.responseBytes, properties.sentBytes]
  bytes_received: [bytes_received, request_length, bytes_read, RequestContentSize, http.request.body.bytes, '["http.request.body.bytes"]', http.request.body.size, '["http.request.body.size"]', ClientRequestBytes, httpRequest.requestSize, properties.requestBytes, properties.receivedBytes]
  duration: [duration, latency, response_time, elapsed, time_taken, duration_human, latency_human]
  duration_ms: [duration_ms, response_time_ms, elapsed_ms, latency_ms, responseTime, generation_time_milli, durationMs, latencyMs, responseLatency, duration beside authority, duration beside response_flags, duration beside upstream_service_time]
  duration_s: [request_time, duration_s, http.server.request.duration, '["http.server.request.duration"]', httpRequest.latency, duration beside request.uri, properties.timeTaken beside properties.timeToFirstByte, properties.timeTaken beside properties.serverResponseLatency]
  duration_us: [duration_us, time_elapsed]
  duration_ns: [Duration, duration_ns, event.duration, '["event.duration"]']
  server_ms: [upstream_ms, server_ms, upstream_service_time, integrationLatency, OriginResponseDurationMs]
  server_s: [upstream_response_time, properties.timeToFirstByte, properties.serverResponseLatency]
  server_ns: [OriginDuration, OriginResponseTime]
  referrer: [referrer, referer, http_referer, http_referrer, request_referer, request_Referer, 'request.headers.Referer[0]', http.request.referrer, '["http.request.referrer"]', req.headers.referer, ClientRequestReferer, httpRequest.referer, properties.referer]
  user_agent: [user_agent, http_user_agent, agent, userAgent, request_user_agent, request_User-Agent, 'request.headers.User-Agent[0]', user_agent.original, '["user_agent.original"]', req.headers.user-agent, ClientRequestUserAgent, httpRequest.userAgent, properties.userAgent]
  cache_status: [cache_status, upstream_cache_status, response_state, CacheCacheStatus, properties.cacheStatus]
  edge_location: [edge_location, pop, datacenter, server_datacenter, fastly_server, EdgeColoCode, properties.pop]
  is_edge: [fastly_is_edge, is_edge]
  tls_version: [tls_version, ssl_protocol, TLSVersion, tls.version, ClientSSLProtocol, properties.sslProtocol, properties.securityProtocol]
  tls_cipher: [tls_cipher, ssl_cipher, TLSCipher, tls.cipher, ClientSSLCipher, properties.sslCipher, properties.securityCipher]
  region: [ClientCountry, httpRequest.country]
  level: [level, severity, log.level, '["log.level"]', severityText]
  application: [application, app, service, service.name, '["service.name"]', logger]
  message: [message, msg, body, log, textPayload, MESSAGE]
envelopes: true
ignored: '#'
*/
