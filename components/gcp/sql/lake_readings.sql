-- The readings that the lake shows its readers. A run that is complete replaces the manifest of their files in one step:
-- whoever asks while one writes gets those of the run before.
SELECT household, tariff, CAST(time AS TIMESTAMP) AS time, kwh, acorn, acorn_group, month
FROM {{dataset}}.readings_files
