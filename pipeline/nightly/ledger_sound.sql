-- What a night takes for granted of the rows that it works with, version 1: yields a row where that does not hold.
-- SQLite keeps values of any type in any column, and its own check looks only at how they are stored. Documents that
-- are done and told of are counted and no more: to look at each of them would cost a night without news its speed.
WITH live AS (SELECT * FROM documents WHERE state <> 'done' OR run IS NULL)
SELECT 'documents' FROM live WHERE NOT (
    typeof(sha256) = 'text' AND length(sha256) = 64 AND instr(sha256, '/') = 0
    AND state IN ('waiting', 'reading', 'done', 'partial', 'quarantined', 'vanished')
    AND (record IS NULL OR (substr(record, 1, 1) <> '/' AND '/' || record || '/' NOT LIKE '%/../%'
                            AND instr(CAST(record AS BLOB), x'00') = 0))
    AND typeof(bytes) = 'integer' AND typeof(attempts) = 'integer' AND typeof(pages) IN ('integer', 'null')
    AND typeof(came) = 'text' AND typeof(began) IN ('text', 'null') AND typeof(ended) IN ('text', 'null')
    AND typeof(code) IN ('text', 'null') AND typeof(reason) IN ('text', 'null')
    AND typeof(producer) IN ('text', 'null') AND typeof(settings) IN ('text', 'null')
    AND typeof(run) IN ('integer', 'null')
    AND (run IS 0 OR EXISTS (SELECT 1 FROM paths WHERE paths.sha256 = live.sha256))  -- 0: found as a record
    AND (lost = '[]' OR iif(json_valid(lost), json_type(lost) = 'array', 0) AND NOT EXISTS (
        SELECT 1 FROM json_each(iif(json_valid(lost), lost, '[]')) AS page WHERE iif(page.type = 'object',
            json_type(page.value, '$.page') IN ('integer', 'null') AND json_type(page.value, '$.code') = 'text'
            AND json_type(page.value, '$.message') = 'text', 0) IS NOT 1))
)
UNION ALL SELECT 'paths of documents' FROM live JOIN paths ON paths.sha256 = live.sha256 WHERE NOT (
    substr(path, 1, 1) <> '/' AND '/' || path || '/' NOT LIKE '%/../%' AND instr(CAST(path AS BLOB), x'00') = 0
)
UNION ALL SELECT 'paths' FROM paths WHERE NOT (
    typeof(path) IN ('text', 'blob') AND typeof(since) = 'text' AND typeof(until) IN ('text', 'null')
)
UNION ALL SELECT 'unsettled' FROM unsettled WHERE NOT (
    typeof(path) IN ('text', 'blob') AND instr(CAST(path AS BLOB), x'00') = 0
    AND typeof(size) = 'integer' AND typeof(mtime_ns) = 'integer' AND typeof(ctime_ns) = 'integer'
    AND seen GLOB '????-??-??T??:??:??[+-]??:??' AND datetime(seen) IS NOT NULL AND typeof(reason) IN ('text', 'null')
)
UNION ALL SELECT 'runs' FROM runs WHERE NOT (
    typeof(producer) = 'text' AND typeof(inbox) IN ('text', 'blob') AND instr(CAST(inbox AS BLOB), x'00') = 0
    AND began GLOB '????-??-??T??:??:??[+-]??:??' AND datetime(began) IS NOT NULL
    AND typeof(ended) IN ('text', 'null')
    AND (arrivals IS NULL OR iif(json_valid(arrivals), json_type(arrivals) = 'object', 0))
)
LIMIT 1
