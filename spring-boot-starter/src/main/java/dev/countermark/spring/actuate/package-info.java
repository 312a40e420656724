/** Health, endpoint and meters of API tokens, for applications with Spring Boot's actuator. */
@NullMarked
package dev.countermark.spring.actuate;

import org.jspecify.annotations.NullMarked;
