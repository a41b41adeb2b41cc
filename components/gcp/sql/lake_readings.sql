-- The readings that the lake shows its readers: of the folders of its runs the one that the pointer names. While a run
-- writes, its files are in the bucket already, but no reader sees them before they are complete.
SELECT household, tariff, CAST(time AS TIMESTAMP) AS time, kwh, acorn, acorn_group, month
FROM {{dataset}}.readings_files
WHERE concat('run=', run) IN (SELECT trim(folder) FROM {{dataset}}.readings_pointer)
