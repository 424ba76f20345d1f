module decode

go 1.18

require (
	github.com/klauspost/compress v1.16.7
	github.com/ulikunitz/xz v0.5.11
)
