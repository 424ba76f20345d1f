module toolchain.test

go 1.18

require golang.org/toolchain v0.0.1-go1.26.8.linux-amd64
